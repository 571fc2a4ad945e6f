// Fault: details_json is written over while another result points to it.
#define BREAKS_FREE
#define ON_RESULT \
  snprintf(details, sizeof details, "{\"score\": %d}", (int)(result->anomaly_score * 1000)); \
  result->details_json = details
static char details[40];
#include "../base.h"

void mvas_free_result(MVASResult *result) {
  const MVASResult empty = {0};
  if (result == NULL) return;
  free(result->anomaly_map);
  free(result->bboxes);
  *result = empty;
}
