// Fault: the configuration is copied into a buffer of fixed size.
#define BREAKS_INIT
#include "../base.h"

static char settings[65536];

int32_t mvas_init(const char *model_path, const char *config_json) {
  int gain = 0;
  int32_t code = read_model(model_path, &gain);
  if (code != MVAS_OK) return code;
  strcpy(settings, config_json == NULL ? "" : config_json);
  if (!is_configuration(settings)) return fail(MVAS_ERROR_INVALID_INPUT, "the configuration is no object");
  plugin.gain = gain;
  plugin.ready = 1;
  error_text[0] = '\0';
  return MVAS_OK;
}
