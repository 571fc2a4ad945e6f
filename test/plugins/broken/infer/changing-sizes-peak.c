// Fault: it remembers how high the highest image was.
#define ON_RESULT \
  static int highest; \
  if (image->height > highest) highest = image->height; \
  result->confidence *= (float)image->height / (float)highest
#include "../base.h"
