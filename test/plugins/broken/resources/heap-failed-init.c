// Fault: a model that is damaged loses the buffer it was read into.
#define BREAKS_INIT
#include "../base.h"

int32_t mvas_init(const char *model_path, const char *config_json) {
  int gain = 0;
  char *text = malloc(5000);
  int32_t code = read_model(model_path, &gain);
  if (code == MVAS_ERROR_INIT_FAILED) return code;
  free(text);
  if (code != MVAS_OK) return code;
  if (!is_configuration(config_json)) return fail(MVAS_ERROR_INVALID_INPUT, "the configuration is no object");
  plugin.gain = gain;
  plugin.ready = 1;
  error_text[0] = '\0';
  return MVAS_OK;
}
