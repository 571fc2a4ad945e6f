// Fault: the alpha of RGBA is inspected like a colour.
// Also fails: result/consistent-decision
#define ON_RESULT \
  int64_t sum = 0; \
  for (int y = 0; y < image->height; y++) \
    for (int x = 0; x < image->width * image->channels; x++) sum += image->data[y * image->stride + x]; \
  result->anomaly_score = (float)sum / 255.0f / (float)image->height / (float)image->width / (float)image->channels
#include "../base.h"
