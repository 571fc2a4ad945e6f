// Fault: an inspection that fails leaves the locale changed.
// Also fails: binary/risky-imports
#define BREAKS_INFER
#include <locale.h>
#include "../base.h"

int32_t mvas_infer(const MVASImage *image, MVASResult *result) {
  const MVASResult empty = {0};
  if (!plugin.ready) return fail(MVAS_ERROR_NOT_INITIALIZED, "the plugin is not initialised");
  if (result == NULL) return fail(MVAS_ERROR_INVALID_INPUT, "result is NULL");
  *result = empty;
  setlocale(LC_TIME, "C.UTF-8");
  int32_t code = check_image(image);
  if (code != MVAS_OK) return code;
  setlocale(LC_TIME, "C");
  fill_result(image, result);
  error_text[0] = '\0';
  return MVAS_OK;
}
