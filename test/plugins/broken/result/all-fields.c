// Fault: it relies on a zeroed result and leaves the visualization alone.
#define BREAKS_INFER
#include "../base.h"

int32_t mvas_infer(const MVASImage *image, MVASResult *result) {
  if (!plugin.ready) return fail(MVAS_ERROR_NOT_INITIALIZED, "the plugin is not initialised");
  if (result == NULL) return fail(MVAS_ERROR_INVALID_INPUT, "result is NULL");
  int32_t code = check_image(image);
  if (code != MVAS_OK) return code;
  fill_result(image, result);
  result->inference_time_ms = 0;
  result->details_json = NULL;
  error_text[0] = '\0';
  return MVAS_OK;
}
