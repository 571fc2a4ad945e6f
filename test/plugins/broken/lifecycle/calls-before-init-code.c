// Fault: before mvas_init it says that the input is wrong.
#define BREAKS_INFER
#include "../base.h"

int32_t mvas_infer(const MVASImage *image, MVASResult *result) {
  const MVASResult empty = {0};
  if (result == NULL || !plugin.ready) return fail(MVAS_ERROR_INVALID_INPUT, "result is NULL or the plugin not initialised");
  *result = empty;
  int32_t code = check_image(image);
  if (code != MVAS_OK) return code;
  fill_result(image, result);
  error_text[0] = '\0';
  return MVAS_OK;
}
