// Fault: before the first mvas_init, mvas_warmup works without a model.
static int started;
#define ON_INIT started = 1
#include "../base.h"

int32_t mvas_warmup(int32_t iterations) {
  if (started && !plugin.ready) return fail(MVAS_ERROR_NOT_INITIALIZED, "the plugin is not initialised");
  error_text[0] = '\0';
  return iterations < 0 ? fail(MVAS_ERROR_INVALID_INPUT, "a negative number") : MVAS_OK;
}
