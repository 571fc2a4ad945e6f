// Fault: the size of a picture that was not drawn is left.
#define ON_RESULT \
  result->viz_width = image->width; \
  result->viz_height = image->height
#include "../base.h"
