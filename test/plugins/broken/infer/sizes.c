// Fault: a step is computed by dividing by width − 1.
// Also fails: determinism/image-content, infer/fuzz, robustness/hangs
#define ON_INFER \
  volatile int step = 255 / (image->width - 1); \
  (void)step
#include "../base.h"
