// Fault: the end is taken from the start.
#define ON_RESULT \
  result->inference_time_ms = -0.25f
#include "../base.h"
