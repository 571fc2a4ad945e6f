// Fault: one byte is written behind the map; the allocator's rounding hides it.
#define ON_RESULT ((volatile char *)result->anomaly_map)[MAP_SIZE * MAP_SIZE * sizeof(float)] = 1
#include "../base.h"
