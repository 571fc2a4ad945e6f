// Fault: only images in BGR get a score that is no number.
// Also fails: infer/fuzz, result/scores
#define ON_RESULT \
  if (image->format[0] == 'B') result->anomaly_score = 0.0f / (float)(image->width - image->width)
#include "../base.h"
