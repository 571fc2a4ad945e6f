// Fault: mvas_warmup wants at least one iteration.
// Also fails: warmup/harmless
#include "../base.h"

int32_t mvas_warmup(int32_t iterations) {
  if (!plugin.ready) return fail(MVAS_ERROR_NOT_INITIALIZED, "the plugin is not initialised");
  if (iterations <= 0) return fail(MVAS_ERROR_INVALID_INPUT, "nothing to warm up");
  error_text[0] = '\0';
  return MVAS_OK;
}
