// Fault: a NULL result is followed.
#define BREAKS_FREE
#include "../base.h"

void mvas_free_result(MVASResult *result) {
  const MVASResult empty = {0};
  free(result->anomaly_map);
  free(result->bboxes);
  *result = empty;
}
