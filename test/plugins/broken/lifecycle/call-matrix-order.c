// Fault: mvas_infer looks at its arguments before it looks whether it is initialised.
#define BREAKS_INFER
#include "../base.h"

int32_t mvas_infer(const MVASImage *image, MVASResult *result) {
  const MVASResult empty = {0};
  if (image == NULL || result == NULL) return fail(MVAS_ERROR_INVALID_INPUT, "image or result is NULL");
  if (!plugin.ready) return fail(MVAS_ERROR_NOT_INITIALIZED, "the plugin is not initialised");
  *result = empty;
  int32_t code = check_image(image);
  if (code != MVAS_OK) return code;
  fill_result(image, result);
  error_text[0] = '\0';
  return MVAS_OK;
}
