// Fault: the pointers stay as they were.
// Also fails: lifecycle/call-matrix
#define BREAKS_FREE
#include "../base.h"

void mvas_free_result(MVASResult *result) {
  if (result == NULL) return;
  free(result->anomaly_map);
  free(result->bboxes);
}
