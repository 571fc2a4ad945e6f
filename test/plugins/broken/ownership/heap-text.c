// Fault: the details are allocated without room for their NUL.
#include "mvas_plugin.h"

static void describe(MVASResult *result);
#define ON_RESULT describe(result)
#define BREAKS_FREE
#include "../base.h"

static void describe(MVASResult *result) {
  const char text[] = "{\"grade\": \"A\", \"line\": 1}";
  char *details = malloc(strlen(text));
  if (details != NULL) memcpy(details, text, sizeof text);
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
