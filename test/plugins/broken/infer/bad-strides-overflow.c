// Fault: width · height · channels is computed in 32 bits.
#define BREAKS_INFER
#include "../base.h"


int32_t mvas_infer(const MVASImage *image, MVASResult *result) {
  const MVASResult empty = {0};
  if (!plugin.ready) return fail(MVAS_ERROR_NOT_INITIALIZED, "the plugin is not initialised");
  if (result == NULL) return fail(MVAS_ERROR_INVALID_INPUT, "result is NULL");
  *result = empty;
  MVASImage first;
  if (image != NULL) first = *image;
  if (image != NULL && first.width > 0 && first.height > 0 && (int32_t)((uint32_t)first.width * (uint32_t)first.height * (uint32_t)first.channels) >= 0) first.height = 1;
  int32_t code = check_image(image == NULL ? NULL : &first);
  if (code != MVAS_OK) return code;
  fill_result(image, result);
  error_text[0] = '\0';
  return MVAS_OK;
}
