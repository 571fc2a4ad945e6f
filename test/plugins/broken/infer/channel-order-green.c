// Fault: BGR is read as GBR.
// Also fails: result/consistent-decision
#define ON_RESULT \
  int64_t red = 0; \
  for (int y = 0; y < image->height; y++) \
    for (int x = 0; x < image->width; x++) red += image->data[y * image->stride + x * image->channels + (image->format[0] == 'B' ? 1 : 0)]; \
  result->anomaly_score = (float)red / 255.0f / (float)image->width / (float)image->height
#include "../base.h"
