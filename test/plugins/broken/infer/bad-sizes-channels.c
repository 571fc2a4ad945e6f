// Fault: the number of channels is taken as it comes.
// Also fails: infer/bad-format, infer/fuzz
#define BREAKS_INFER
#include "../base.h"

int32_t mvas_infer(const MVASImage *image, MVASResult *result) {
  const MVASResult empty = {0};
  if (!plugin.ready) return fail(MVAS_ERROR_NOT_INITIALIZED, "the plugin is not initialised");
  if (result == NULL) return fail(MVAS_ERROR_INVALID_INPUT, "result is NULL");
  *result = empty;
  MVASImage believed;
  if (image != NULL) believed = *image;
  if (image != NULL && image->format != NULL) believed.channels = known_channels(image->format);
  int32_t code = check_image(image == NULL ? NULL : &believed);
  if (code != MVAS_OK) return code;
  fill_result(&believed, result);
  error_text[0] = '\0';
  return MVAS_OK;
}
