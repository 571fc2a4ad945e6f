// Fault: a second mvas_init that fails has already thrown the old model away.
#define BREAKS_INIT
#include "../base.h"

int32_t mvas_init(const char *model_path, const char *config_json) {
  plugin.ready = 0;
  int32_t code = read_model(model_path, &plugin.gain);
  if (code != MVAS_OK) return code;
  if (!is_configuration(config_json)) return fail(MVAS_ERROR_INVALID_INPUT, "the configuration is no object");
  plugin.ready = 1;
  error_text[0] = '\0';
  return MVAS_OK;
}
