// Fault: it remembers how high the highest image was.
// Also fails: determinism/image-content
#define ON_RESULT \
  static int highest; \
  if (image->height > highest) highest = image->height; \
  result->confidence *= (float)image->height / (float)highest
#include "../base.h"
