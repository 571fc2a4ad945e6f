// Fault: "RGB" with four channels is taken, and the score is no number.
// Also fails: infer/bad-format
#define BREAKS_INFER
#include "../base.h"


int32_t mvas_infer(const MVASImage *image, MVASResult *result) {
  const MVASResult empty = {0};
  if (!plugin.ready) return fail(MVAS_ERROR_NOT_INITIALIZED, "the plugin is not initialised");
  if (result == NULL) return fail(MVAS_ERROR_INVALID_INPUT, "result is NULL");
  *result = empty;
  MVASImage named;
  int renamed = 0;
  if (image != NULL) named = *image;
  if (image != NULL && image->format != NULL && image->channels == 4 && strcmp(image->format, "RGB") == 0) {
    named.format = "RGBA";
    renamed = 1;
  }
  int32_t code = check_image(image == NULL ? NULL : &named);
  if (code != MVAS_OK) return code;
  fill_result(image, result);
  if (renamed) result->anomaly_score = 0.0f / (float)(renamed - 1);
  error_text[0] = '\0';
  return MVAS_OK;
}
