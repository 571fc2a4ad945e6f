// Fault: a missing model gets the code of a broken one.
#define BREAKS_INIT
#include "../base.h"

int32_t mvas_init(const char *model_path, const char *config_json) {
  int gain = 0;
  if (read_model(model_path, &gain) != MVAS_OK) return fail(MVAS_ERROR_INIT_FAILED, "the model cannot be used");
  if (!is_configuration(config_json)) return fail(MVAS_ERROR_INVALID_INPUT, "the configuration is no object");
  plugin.gain = gain;
  plugin.ready = 1;
  error_text[0] = '\0';
  return MVAS_OK;
}
