// Fault: mvas_warmup calls the exported mvas_infer, so that another plugin's may answer.
// Also fails: lifecycle/two-plugins
// Flags: -O0 -Wl,--version-script=sdk/cmake/mvas_exports.map -Wl,-z,defs,-z,relro,-z,now,-z,noexecstack -Wl,--build-id=sha1
#include "../base.h"

int32_t mvas_warmup(int32_t iterations) {
  uint8_t pixels[12] = {0};
  MVASImage image = {pixels, 2, 2, 3, 6, "RGB"};
  if (!plugin.ready) return fail(MVAS_ERROR_NOT_INITIALIZED, "the plugin is not initialised");
  if (iterations < 0) return fail(MVAS_ERROR_INVALID_INPUT, "a negative number of iterations");
  for (int32_t i = 0; i < iterations && i < 3; i++) {
    MVASResult result = {0};
    if (mvas_infer(&image, &result) != MVAS_OK) return fail(MVAS_ERROR_INFERENCE, "the warm-up failed");
    free(result.anomaly_map);
    free(result.bboxes);
  }
  error_text[0] = '\0';
  return MVAS_OK;
}
