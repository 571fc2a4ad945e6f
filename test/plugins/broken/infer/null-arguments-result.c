// Fault: a NULL result is taken, and the inspection is for nothing.
#define BREAKS_INFER
#include "../base.h"

int32_t mvas_infer(const MVASImage *image, MVASResult *result) {
  const MVASResult empty = {0};
  if (!plugin.ready) return fail(MVAS_ERROR_NOT_INITIALIZED, "the plugin is not initialised");
  int32_t code = check_image(image);
  if (result != NULL) *result = empty;
  if (code != MVAS_OK) return code;
  if (result != NULL) fill_result(image, result);
  error_text[0] = '\0';
  return MVAS_OK;
}
