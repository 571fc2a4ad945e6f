// Fault: the details count the inspections, so that no two results are equal.
// Also fails: determinism/order, host/field, infer/changing-sizes, infer/error-leaves-nothing
#include "mvas_plugin.h"

static void count_inspection(MVASResult *result);
#define ON_RESULT count_inspection(result)
#define BREAKS_FREE
#include "../base.h"

static void count_inspection(MVASResult *result) {
  static unsigned count;
  char *details = malloc(32);
  if (details != NULL) snprintf(details, 32, "{\"inspection\": %u}", ++count);
  result->details_json = details;
}

void mvas_free_result(MVASResult *result) {
  const MVASResult empty = {0};
  if (result == NULL) return;
  free(result->anomaly_map);
  free(result->bboxes);
  free((void *)result->details_json);
  *result = empty;
}
