// Fault: a negative stride is taken for a picture that stands on its head.
// Also fails: infer/fuzz
#define BREAKS_INFER
#include "../base.h"


int32_t mvas_infer(const MVASImage *image, MVASResult *result) {
  const MVASResult empty = {0};
  if (!plugin.ready) return fail(MVAS_ERROR_NOT_INITIALIZED, "the plugin is not initialised");
  if (result == NULL) return fail(MVAS_ERROR_INVALID_INPUT, "result is NULL");
  *result = empty;
  MVASImage turned;
  if (image != NULL) turned = *image;
  if (image != NULL && turned.stride < 0 && turned.stride > INT32_MIN) turned.stride = -turned.stride;
  int32_t code = check_image(image == NULL ? NULL : &turned);
  if (code != MVAS_OK) return code;
  image = &turned;
  fill_result(image, result);
  error_text[0] = '\0';
  return MVAS_OK;
}
