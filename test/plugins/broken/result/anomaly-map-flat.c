// Fault: the map of a flat image is normalised by its range, which is 0.
// Also fails: infer/fuzz, infer/sizes
#define ON_RESULT \
  float least = 1, most = 0; \
  for (int i = 0; i < MAP_SIZE * MAP_SIZE; i++) { \
    if (result->anomaly_map[i] < least) least = result->anomaly_map[i]; \
    if (result->anomaly_map[i] > most) most = result->anomaly_map[i]; \
  } \
  for (int i = 0; i < MAP_SIZE * MAP_SIZE; i++) result->anomaly_map[i] = (result->anomaly_map[i] - least) / (most - least)
#include "../base.h"
