// Fault: warming up leaves its own frame's brightness in the plugin.
// Also fails: init/copies-strings
#include "../base.h"

int32_t mvas_warmup(int32_t iterations) {
  if (!plugin.ready) return fail(MVAS_ERROR_NOT_INITIALIZED, "the plugin is not initialised");
  if (iterations < 0) return fail(MVAS_ERROR_INVALID_INPUT, "a negative number of iterations");
  if (iterations > 0) plugin.gain = 90;
  error_text[0] = '\0';
  return MVAS_OK;
}
