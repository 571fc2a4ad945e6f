// The functions of the contract with the header's own types; the work is done in Go.
#include "_cgo_export.h"
#include "mvas_plugin.h"

static const MVASPluginInfo info = {"Go brightness", "1.0.0", NULL, NULL, MVAS_MODEL_ANOMALY_DETECTION, 64, 48, MVAS_FORMAT_RGB};
static _Thread_local char error_text[256];

// Go calls it on the thread of the host's call.
void remember_error(const char *text) { snprintf(error_text, sizeof error_text, "%s", text); }

const MVASPluginInfo *mvas_get_info(void) { return &info; }
const char *mvas_get_error(void) { return error_text; }
int32_t mvas_init(const char *model_path, const char *config_json) { return goInit((char *)model_path, (char *)config_json); }
int32_t mvas_infer(const MVASImage *image, MVASResult *result) { return goInfer((MVASImage *)image, result); }
void mvas_cleanup(void) { goCleanup(); }

void mvas_free_result(MVASResult *result) {
  const MVASResult empty = {0};
  if (result == NULL) return;
  free(result->anomaly_map);
  free((void *)result->details_json);
  *result = empty;
}
