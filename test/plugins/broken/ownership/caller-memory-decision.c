// Fault: mvas_free_result frees the decision of a small image, which is a literal.
#define BREAKS_FREE
#include "../base.h"

void mvas_free_result(MVASResult *result) {
  const MVASResult empty = {0};
  if (result == NULL) return;
  if (result->bboxes != NULL && result->bboxes[2] == 7 && result->bboxes[3] == 5) free((char *)result->decision);
  free(result->anomaly_map);
  free(result->bboxes);
  *result = empty;
}
