// Fault: the time is divided by a number of images that is 0.
#define ON_RESULT \
  result->inference_time_ms = 0.0f / (float)(image->width - image->width)
#include "../base.h"
