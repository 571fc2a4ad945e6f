// Fault: before the first mvas_init it says that the input is wrong.
// Also fails: lifecycle/two-copies
static int started;
#define ON_INIT started = 1
#define BREAKS_INFER
#include "../base.h"

int32_t mvas_infer(const MVASImage *image, MVASResult *result) {
  const MVASResult empty = {0};
  if (result == NULL || !started) return fail(MVAS_ERROR_INVALID_INPUT, "result is NULL or the plugin not initialised");
  if (!plugin.ready) return fail(MVAS_ERROR_NOT_INITIALIZED, "the plugin is not initialised");
  *result = empty;
  int32_t code = check_image(image);
  if (code != MVAS_OK) return code;
  fill_result(image, result);
  error_text[0] = '\0';
  return MVAS_OK;
}
