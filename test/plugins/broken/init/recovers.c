// Fault: after a model that could not be read it never starts again.
#define BREAKS_INIT
#include "../base.h"

static int failed;

int32_t mvas_init(const char *model_path, const char *config_json) {
  int gain = 0;
  int32_t code = read_model(model_path, &gain);
  if (code != MVAS_OK) failed = 1;
  if (code != MVAS_OK) return code;
  if (!is_configuration(config_json)) return fail(MVAS_ERROR_INVALID_INPUT, "the configuration is no object");
  if (failed) return fail(MVAS_ERROR_INIT_FAILED, "the device is in an error state");
  plugin.gain = gain;
  plugin.ready = 1;
  error_text[0] = '\0';
  return MVAS_OK;
}
