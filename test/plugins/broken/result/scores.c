// Fault: the score is divided by a deviation that is 0 for a flat image.
// Also fails: infer/fuzz, infer/sizes
#define ON_RESULT                                                                         \
  int flat = 1;                                                                           \
  for (int i = 1; i < MAP_SIZE * MAP_SIZE; i++) flat &= result->anomaly_map[i] == result->anomaly_map[0]; \
  if (flat) result->anomaly_score = 0.0f / (float)plugin.ready - 0.0f / (float)!plugin.ready
#include "../base.h"
