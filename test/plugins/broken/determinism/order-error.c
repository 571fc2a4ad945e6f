// Fault: an image behind a failed call gets the score before.
#define BREAKS_INFER
#include "../base.h"

static int failed;
static float before;
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
  fill_result(image, result);
  if (failed) result->confidence = before;
  failed = 0;
  before = result->confidence;
  error_text[0] = '\0';
  return MVAS_OK;
}
