// Fault: the image is copied before its size is looked at.
// Also fails: infer/fuzz
#define BREAKS_INFER
#include "../base.h"

int32_t mvas_infer(const MVASImage *image, MVASResult *result) {
  const MVASResult empty = {0};
  if (!plugin.ready) return fail(MVAS_ERROR_NOT_INITIALIZED, "the plugin is not initialised");
  if (result == NULL) return fail(MVAS_ERROR_INVALID_INPUT, "result is NULL");
  *result = empty;
  if (image != NULL && image->data != NULL && image->height < 0) memset(image->data, 0, (size_t)image->height);
  int32_t code = check_image(image);
  if (code != MVAS_OK) return code;
  fill_result(image, result);
  error_text[0] = '\0';
  return MVAS_OK;
}
