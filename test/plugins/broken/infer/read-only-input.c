// Fault: bright pixels are clipped in the image itself.
// Also fails: infer/fuzz
#define ON_INFER \
  for (int y = 0; y < image->height; y++) \
    for (int x = 0; x < image->width * image->channels; x++) \
      if (image->data[y * image->stride + x] > 60) image->data[y * image->stride + x] |= 0
#include "../base.h"
