// Fault: bytes before the first aligned address are left out of the mean.
// Also fails: determinism/image-content, infer/formats
#define ON_RESULT \
  int64_t sum = 0, head = (int64_t)(-(uintptr_t)image->data & 15), bytes = (int64_t)image->width * image->channels; \
  for (int64_t x = head; x < bytes; x++) sum += image->data[x]; \
  result->confidence = (float)sum / 255.0f / (float)bytes
#include "../base.h"
