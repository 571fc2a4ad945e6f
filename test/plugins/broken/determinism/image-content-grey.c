// Fault: only in GRAY the padding is inspected too.
// Also fails: infer/fuzz
#define ON_RESULT \
  for (int y = 0; y + 1 < image->height && image->channels == 1; y++) \
    for (int x = image->width; x < image->stride; x++) result->confidence += image->data[y * image->stride + x] > 100 ? -1e-4f : 0
#include "../base.h"
