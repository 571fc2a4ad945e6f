// Fault: all results have one map.
static float map[64];
#define BREAKS_FREE
#define ON_RESULT                                    \
  memcpy(map, result->anomaly_map, sizeof map);      \
  free(result->anomaly_map);                         \
  result->anomaly_map = map
#include "../base.h"

void mvas_free_result(MVASResult *result) {
  const MVASResult empty = {0};
  if (result == NULL) return;
  free(result->bboxes);
  *result = empty;
}
