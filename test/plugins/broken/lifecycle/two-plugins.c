// Fault: its calls to its own functions end in whatever plugin was loaded before it: it is linked without -Bsymbolic-functions.
// Also fails: binary/self-binding
// Flags: -O0 -Wl,--version-script=sdk/cmake/mvas_exports.map -Wl,-z,defs,-z,relro,-z,now,-z,noexecstack -Wl,--build-id=sha1
#include "../base.h"

int32_t mvas_warmup(int32_t iterations) {
  uint8_t pixels[32 * 24 * 3] = {0};
  const MVASImage image = {pixels, 32, 24, 3, 96, MVAS_FORMAT_RGB};
  MVASResult result = {0};
  if (!plugin.ready) return fail(MVAS_ERROR_NOT_INITIALIZED, "the plugin is not initialised");
  if (iterations < 0) return fail(MVAS_ERROR_INVALID_INPUT, "a negative number");
  while (iterations-- > 0) {
    int32_t code = mvas_infer(&image, &result);
    if (code != MVAS_OK) return code;
    mvas_free_result(&result);
  }
  error_text[0] = '\0';
  return MVAS_OK;
}
