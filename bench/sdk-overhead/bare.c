// The same as layer.cpp without the layer and without its checks: what a call costs at least.
#include "mvas_plugin.h"

int32_t mvas_init(const char *model_path, const char *config_json) {
  (void)model_path;
  (void)config_json;
  return MVAS_OK;
}

int32_t mvas_infer(const MVASImage *image, MVASResult *result) {
  const MVASResult empty = {0};
  *result = empty;
  result->decision = image->width == 64 ? MVAS_DECISION_PASS : MVAS_DECISION_FAIL;
  return MVAS_OK;
}

void mvas_free_result(MVASResult *result) { result->decision = 0; }
