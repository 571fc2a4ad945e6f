// Fault: the corners of a box are swapped.
#define ON_RESULT \
  result->bboxes[2] = 0; \
  result->bboxes[0] = (float)image->width
#include "../base.h"
