// Fault: mvas_free_result frees the struct of a small image.
#define BREAKS_FREE
#include "../base.h"

void mvas_free_result(MVASResult *result) {
  const MVASResult empty = {0};
  if (result == NULL) return;
  int is_small = result->bboxes != NULL && result->bboxes[2] == 7 && result->bboxes[3] == 5;
  free(result->anomaly_map);
  free(result->bboxes);
  *result = empty;
  if (is_small) free(result);
}
