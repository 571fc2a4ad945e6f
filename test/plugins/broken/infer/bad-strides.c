// Fault: a stride shorter than a row is taken for packed rows.
// Also fails: infer/fuzz
#define BREAKS_INFER
#include "../base.h"


int32_t mvas_infer(const MVASImage *image, MVASResult *result) {
  const MVASResult empty = {0};
  if (!plugin.ready) return fail(MVAS_ERROR_NOT_INITIALIZED, "the plugin is not initialised");
  if (result == NULL) return fail(MVAS_ERROR_INVALID_INPUT, "result is NULL");
  *result = empty;
  MVASImage packed;
  if (image != NULL) packed = *image;
  if (image != NULL && packed.stride >= 0 && packed.width > 0 && packed.stride < packed.width * packed.channels) packed.stride = packed.width * packed.channels;
  int32_t code = check_image(image == NULL ? NULL : &packed);
  if (code != MVAS_OK) return code;
  image = &packed;
  fill_result(image, result);
  error_text[0] = '\0';
  return MVAS_OK;
}
