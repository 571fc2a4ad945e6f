// Fault: the format is never looked at, only the number of channels.
// Also fails: infer/fuzz
#define BREAKS_INFER
#include "../base.h"


int32_t mvas_infer(const MVASImage *image, MVASResult *result) {
  const MVASResult empty = {0};
  if (!plugin.ready) return fail(MVAS_ERROR_NOT_INITIALIZED, "the plugin is not initialised");
  if (result == NULL) return fail(MVAS_ERROR_INVALID_INPUT, "result is NULL");
  *result = empty;
  MVASImage named;
  if (image != NULL) named = *image;
  if (image != NULL && image->format != NULL) named.format = image->channels == 1 ? "GRAY" : image->channels == 4 ? "RGBA" : "RGB";
  int32_t code = check_image(image == NULL ? NULL : &named);
  if (code != MVAS_OK) return code;
  fill_result(image, result);
  error_text[0] = '\0';
  return MVAS_OK;
}
