// Fault: a released map is given to every result from then on.
static float *kept;
#define BREAKS_FREE
#define ON_RESULT                                                 \
  if (kept != NULL) {                                             \
    memcpy(kept, result->anomaly_map, 64 * sizeof(float));        \
    free(result->anomaly_map);                                    \
    result->anomaly_map = kept;                                   \
  }
#include "../base.h"

void mvas_free_result(MVASResult *result) {
  const MVASResult empty = {0};
  if (result == NULL) return;
  if (result->anomaly_map != NULL) kept = result->anomaly_map;
  free(result->bboxes);
  *result = empty;
}
