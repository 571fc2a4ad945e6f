// Fault: the map is in grey values.
#define ON_RESULT \
  for (int i = 0; i < MAP_SIZE * MAP_SIZE; i++) result->anomaly_map[i] *= 255.0f
#include "../base.h"
