// Fault: the map is filled one row short; the last row is what the memory held before.
#define ON_RESULT \
  enum { SIDE = 64 }; \
  free(result->anomaly_map); \
  result->anomaly_map = (float *)malloc(SIDE * SIDE * sizeof(float)); \
  memset(result->anomaly_map, 0xff, SIDE * SIDE * sizeof(float)); \
  for (int i = 0; i < (SIDE - 1) * SIDE; i++) result->anomaly_map[i] = 0.25f; \
  result->anomaly_map_width = result->anomaly_map_height = SIDE
#include "../base.h"
