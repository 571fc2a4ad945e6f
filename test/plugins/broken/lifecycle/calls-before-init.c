// Fault: mvas_infer before mvas_init follows a pointer that init would have set.
// Also fails: errors/message, lifecycle/two-copies
static int *weights;
#define ON_INIT weights = &plugin.gain
#define BREAKS_INFER
#include "../base.h"

int32_t mvas_infer(const MVASImage *image, MVASResult *result) {
  const MVASResult empty = {0};
  if (*weights < 0) return fail(MVAS_ERROR_INFERENCE, "negative gain");
  if (!plugin.ready) return fail(MVAS_ERROR_NOT_INITIALIZED, "the plugin is not initialised");
  if (result == NULL) return fail(MVAS_ERROR_INVALID_INPUT, "result is NULL");
  *result = empty;
  int32_t code = check_image(image);
  if (code != MVAS_OK) return code;
  fill_result(image, result);
  error_text[0] = '\0';
  return MVAS_OK;
}
