// Fault: mvas_free_result clears the text of the failed inspection.
#define BREAKS_FREE
#include "../base.h"

void mvas_free_result(MVASResult *result) {
  const MVASResult empty = {0};
  error_text[0] = '\0';
  if (result == NULL) return;
  free(result->anomaly_map);
  free(result->bboxes);
  *result = empty;
}
