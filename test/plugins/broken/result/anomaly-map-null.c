// Fault: there is no map, but its size.
#define ON_RESULT \
  free(result->anomaly_map); \
  result->anomaly_map = NULL
#include "../base.h"
