// Fault: whatever begins with a brace is taken for an object.
#define BREAKS_INIT
#include "../base.h"

int32_t mvas_init(const char *model_path, const char *config_json) {
  int gain = 0;
  int32_t code = read_model(model_path, &gain);
  if (code != MVAS_OK) return code;
  if (config_json != NULL && *after_space(config_json) != '\0' && *after_space(config_json) != '{') return fail(MVAS_ERROR_INVALID_INPUT, "the configuration is no object");
  plugin.gain = gain;
  plugin.ready = 1;
  error_text[0] = '\0';
  return MVAS_OK;
}
