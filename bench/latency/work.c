// A plugin with a fixed amount of work: "rounds" of its configuration decides how long an inspection takes.
#include <stdlib.h>
#include <string.h>

#include "mvas_plugin.h"

static const MVASPluginInfo info = {"Fixed work", "1.0.0", "", "", MVAS_MODEL_ANOMALY_DETECTION, 64, 64, MVAS_FORMAT_GRAY};
static long rounds = 1000;
static volatile double sink;

const MVASPluginInfo *mvas_get_info(void) { return &info; }
const char *mvas_get_error(void) { return ""; }

int32_t mvas_init(const char *model_path, const char *config_json) {
  const char *found = config_json == NULL ? NULL : strstr(config_json, "\"rounds\":");
  (void)model_path;
  if (found != NULL) rounds = atol(found + 9);
  return MVAS_OK;
}

int32_t mvas_infer(const MVASImage *image, MVASResult *result) {
  double value = image->data[0];
  for (long round = 0; round < rounds; ++round) value = value * 0.999 + 1.0;
  sink = value;
  memset(result, 0, sizeof *result);
  result->decision = MVAS_DECISION_PASS;
  return MVAS_OK;
}

void mvas_cleanup(void) {}
