// Fault: all results of a batch point to one map.
// Also fails: batch/equals-singles, resources/heap
#define BREAKS_FREE
#define ON_BATCHED \
  for (int32_t i = 1; i < num_images; i++) { \
    free(results[i].anomaly_map); \
    results[i].anomaly_map = results[0].anomaly_map; \
  }
#include "../batch.h"

void mvas_free_result(MVASResult *result) {
  static float *last;
  const MVASResult empty = {0};
  if (result == NULL) return;
  if (result->anomaly_map != last) free(result->anomaly_map);
  if (result->anomaly_map != NULL) last = result->anomaly_map;
  free(result->bboxes);
  *result = empty;
}
