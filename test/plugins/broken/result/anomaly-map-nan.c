// Fault: one cell of the map is divided by what is 0.
#define ON_RESULT \
  result->anomaly_map[17] = 0.0f / (float)(image->width - image->width)
#include "../base.h"
