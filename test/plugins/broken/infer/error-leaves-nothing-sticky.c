// Fault: after an error the next image is for review.
// Also fails: determinism/order, errors/not-stale
#define BREAKS_INFER
#include "../base.h"

static int failed;
int32_t mvas_infer(const MVASImage *image, MVASResult *result) {
  const MVASResult empty = {0};
  if (!plugin.ready) return fail(MVAS_ERROR_NOT_INITIALIZED, "the plugin is not initialised");
  if (result == NULL) return fail(MVAS_ERROR_INVALID_INPUT, "result is NULL");
  *result = empty;
  int32_t code = check_image(image);
  if (code != MVAS_OK) {
    failed = 1;
    return code;
  }
  if (failed) {
    failed = 0;
    result->decision = MVAS_DECISION_REVIEW;
    return MVAS_OK;
  }
  fill_result(image, result);
  error_text[0] = '\0';
  return MVAS_OK;
}
