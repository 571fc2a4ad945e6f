// Fault: mvas_free_result clears a struct that is longer than the contract’s.
#define BREAKS_FREE
#include "../base.h"

void mvas_free_result(MVASResult *result) {
  if (result == NULL) return;
  free(result->anomaly_map);
  free(result->bboxes);
  memset(result, 0, sizeof *result + 8);
}
