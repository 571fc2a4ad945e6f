// Fault: a path of more than 120 letters is cut off.
#define BREAKS_INIT
#include "../base.h"

int32_t mvas_init(const char *model_path, const char *config_json) {
  char path[121];
  int gain = 0;
  snprintf(path, sizeof path, "%s", model_path == NULL ? "" : model_path);
  int32_t code = read_model(path, &gain);
  if (code != MVAS_OK) return code;
  if (!is_configuration(config_json)) return fail(MVAS_ERROR_INVALID_INPUT, "the configuration is no object");
  plugin.gain = gain;
  plugin.ready = 1;
  error_text[0] = '\0';
  return MVAS_OK;
}
