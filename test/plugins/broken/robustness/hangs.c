// Fault: an image of one pixel is halved for ever.
// Also fails: determinism/image-content, infer/fuzz, infer/sizes
#define ON_INFER \
  for (volatile int size = image->width; size < 2; size = size / 2) continue
#include "../base.h"
