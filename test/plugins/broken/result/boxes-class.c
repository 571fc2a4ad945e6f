// Fault: −1 is the class of what has none.
#define ON_RESULT \
  result->bboxes[5] = -1
#include "../base.h"
