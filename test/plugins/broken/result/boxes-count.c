// Fault: the number of boxes is not set.
#define ON_RESULT \
  result->num_bboxes = 0
#include "../base.h"
