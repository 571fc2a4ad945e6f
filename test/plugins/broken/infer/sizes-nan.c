// Fault: a mean over height − 1 differences is no number for a single row.
// Also fails: infer/fuzz
#define ON_RESULT \
  if (image->height == 1) result->confidence = 0.0f / (float)(image->height - 1)
#include "../base.h"
