// Fault: to release a result clears the newest map, whichever is meant.
static float *newest[16];
static int count;
#define BREAKS_FREE
#define ON_RESULT newest[count++ & 15] = result->anomaly_map
#include "../base.h"

void mvas_free_result(MVASResult *result) {
  const MVASResult empty = {0};
  if (result == NULL) return;
  if (result->anomaly_map != NULL) memset(newest[--count & 15], 0, 64 * sizeof(float));
  free(result->anomaly_map);
  free(result->bboxes);
  *result = empty;
}
