// Fault: the map holds its peaks from image to image.
// Also fails: determinism/image-content, infer/changing-sizes
#define ON_RESULT \
  static float peaks[MAP_SIZE * MAP_SIZE]; \
  for (int i = 0; i < MAP_SIZE * MAP_SIZE; i++) { \
    if (result->anomaly_map[i] > peaks[i]) peaks[i] = result->anomaly_map[i]; \
    result->anomaly_map[i] = peaks[i]; \
  }
#include "../base.h"
