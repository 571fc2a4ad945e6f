// Fault: a second mvas_init adds to what the first has set.
#define BREAKS_INIT
#define BREAKS_CLEANUP
#include "../base.h"

int32_t mvas_init(const char *model_path, const char *config_json) {
  int gain = 0;
  int32_t code = read_model(model_path, &gain);
  if (code != MVAS_OK) return code;
  if (!is_configuration(config_json)) return fail(MVAS_ERROR_INVALID_INPUT, "the configuration is no object");
  plugin.gain += plugin.ready ? gain / 10 : gain;
  plugin.ready = 1;
  error_text[0] = '\0';
  return MVAS_OK;
}

void mvas_cleanup(void) { plugin.gain = plugin.ready = 0; }
