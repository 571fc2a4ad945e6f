// Fault: a third refused model in a row leaves a gain that no later init puts back.
#define BREAKS_INIT
#include "../base.h"

int32_t mvas_init(const char *model_path, const char *config_json) {
  static int refused, spoilt;
  int gain = 0;
  int32_t code = read_model(model_path, &gain);
  refused = code == MVAS_OK ? 0 : refused + 1;
  if (refused == 3 && plugin.ready) spoilt = 7;
  if (code != MVAS_OK) return code;
  if (!is_configuration(config_json)) return fail(MVAS_ERROR_INVALID_INPUT, "the configuration is no object");
  plugin.gain = gain - spoilt;
  plugin.ready = 1;
  error_text[0] = '\0';
  return MVAS_OK;
}
