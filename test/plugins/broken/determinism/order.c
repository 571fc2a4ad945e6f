// Fault: confidence is a running average, begun with the first image.
// Also fails: determinism/image-content, infer/changing-sizes
#define ON_RESULT \
  static float average = -1; \
  average = average < 0 ? result->confidence : 0.5f * average + 0.5f * result->confidence; \
  result->confidence = average
#include "../base.h"
