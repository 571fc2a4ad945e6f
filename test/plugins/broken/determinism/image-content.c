// Fault: results are kept by the address of the pixels.
// Also fails: determinism/order
#define ON_RESULT \
  static const uint8_t *known; \
  static int width, height; \
  static float score; \
  if (known == image->data && width == image->width && height == image->height) result->confidence = score; \
  known = image->data; \
  width = image->width; \
  height = image->height; \
  score = result->confidence
#include "../base.h"
