// Fault: warming up sets the configuration to what suits it.
#include "../base.h"

static const char *config = "{\"mode\": \"accurate\"}";

const char *mvas_get_config(void) { return plugin.ready ? config : "{\"mode\": \"accurate\"}"; }

int32_t mvas_warmup(int32_t iterations) {
  if (!plugin.ready) return fail(MVAS_ERROR_NOT_INITIALIZED, "the plugin is not initialised");
  if (iterations < 0) return fail(MVAS_ERROR_INVALID_INPUT, "a negative number of iterations");
  if (iterations > 0) config = "{\"mode\": \"fast\"}";
  error_text[0] = '\0';
  return MVAS_OK;
}
