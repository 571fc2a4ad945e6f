// Fault: details_json has numbers by the rules of the locale.
#define BREAKS_FREE
#define ON_RESULT                                                   \
  result->details_json = malloc(40);                                \
  snprintf((char *)result->details_json, 40, "{\"mean\": %.3f}", result->anomaly_score)
#include "../base.h"

void mvas_free_result(MVASResult *result) {
  const MVASResult empty = {0};
  if (result == NULL) return;
  free(result->anomaly_map);
  free(result->bboxes);
  free((char *)result->details_json);
  *result = empty;
}
