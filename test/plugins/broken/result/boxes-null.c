// Fault: one box is counted and none is there.
#define ON_RESULT \
  free(result->bboxes); \
  result->bboxes = NULL
#include "../base.h"
