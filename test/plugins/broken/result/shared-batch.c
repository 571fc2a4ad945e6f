// Fault: all results of a batch point to one map.
// Also fails: batch/equals-singles
#define BREAKS_FREE
#define ON_BATCHED \
  for (int32_t i = 1; i < num_images; i++) { \
    free(results[i].anomaly_map); \
    results[i].anomaly_map = results[0].anomaly_map; \
  } \
  shared = num_images > 0 ? results[0].anomaly_map : NULL; \
  users = num_images;
static float *shared;
static int users;
#include "../batch.h"

void mvas_free_result(MVASResult *result) {
  const MVASResult empty = {0};
  if (result == NULL) return;
  if (result->anomaly_map != shared || --users == 0) {
    if (result->anomaly_map == shared) shared = NULL;
    free(result->anomaly_map);
  }
  free(result->bboxes);
  *result = empty;
}
