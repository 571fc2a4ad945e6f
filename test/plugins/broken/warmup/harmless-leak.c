// Fault: the results of warming up are never freed.
// Also fails: resources/heap
#include "../base.h"

int32_t mvas_warmup(int32_t iterations) {
  static uint8_t grey[64 * 48 * 3];
  const MVASImage image = {grey, 64, 48, 3, 64 * 3, MVAS_FORMAT_RGB};
  MVASResult result;
  if (!plugin.ready) return fail(MVAS_ERROR_NOT_INITIALIZED, "the plugin is not initialised");
  if (iterations < 0) return fail(MVAS_ERROR_INVALID_INPUT, "a negative number of iterations");
  for (int32_t i = 0; i < iterations; i++) mvas_infer(&image, &result);
  error_text[0] = '\0';
  return MVAS_OK;
}
