// Fault: the padding is inspected like pixels.
#define ON_RESULT                                                                                                       \
  for (int y = 0; y + 1 < image->height; y++)                                                                           \
    for (int x = image->width * image->channels; x < image->stride; x++) result->confidence *= image->data[y * image->stride + x] > 200 ? 0.999f : 1
#include "../base.h"
