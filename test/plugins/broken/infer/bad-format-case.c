// Fault: formats are compared whatever their case.
#define BREAKS_INFER
#include "../base.h"


int32_t mvas_infer(const MVASImage *image, MVASResult *result) {
  const MVASResult empty = {0};
  if (!plugin.ready) return fail(MVAS_ERROR_NOT_INITIALIZED, "the plugin is not initialised");
  if (result == NULL) return fail(MVAS_ERROR_INVALID_INPUT, "result is NULL");
  *result = empty;
  MVASImage named;
  if (image != NULL) named = *image;
  if (image != NULL && image->format != NULL && (strcmp(image->format, "rgb") == 0 || strcmp(image->format, "Rgb") == 0)) named.format = "RGB";
  int32_t code = check_image(image == NULL ? NULL : &named);
  if (code != MVAS_OK) return code;
  fill_result(image, result);
  error_text[0] = '\0';
  return MVAS_OK;
}
