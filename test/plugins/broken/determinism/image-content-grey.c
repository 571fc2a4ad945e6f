// Fault: only in GRAY the padding is inspected too.
#define ON_RESULT \
  for (int y = 0; y + 1 < image->height && image->channels == 1; y++) \
    for (int x = image->width; x < image->stride; x++) \
      if (image->data[y * image->stride + x] > 100) result->confidence = 0.999f * result->confidence + 0.0003f
#include "../base.h"
