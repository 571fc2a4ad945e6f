// Fault: the first channel is always taken for red.
// Also fails: result/consistent-decision
#define ON_RESULT \
  int64_t red = 0; \
  for (int y = 0; y < image->height; y++) \
    for (int x = 0; x < image->width; x++) red += image->data[y * image->stride + x * image->channels]; \
  result->anomaly_score = (float)red / 255.0f / (float)image->width / (float)image->height
#include "../base.h"
