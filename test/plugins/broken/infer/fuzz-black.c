// Fault: it fails where there is no part to be seen.
// Also fails: infer/sizes
#define ON_INFER \
  int brightest = 0; \
  for (int y = 0; y < image->height; y++) \
    for (int x = 0; x < image->width * image->channels; x++) \
      if (x % image->channels != 3 && image->data[y * image->stride + x] > brightest) brightest = image->data[y * image->stride + x]; \
  if (brightest == 0) return fail(MVAS_ERROR_INFERENCE, "there is no part")
#include "../base.h"
