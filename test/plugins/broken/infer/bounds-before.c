// Fault: a filter reads the neighbour to the left of the first pixel.
// Also fails: infer/fuzz
#define ON_INFER \
  volatile unsigned char left = image->data[-1]; \
  (void)left
#include "../base.h"
