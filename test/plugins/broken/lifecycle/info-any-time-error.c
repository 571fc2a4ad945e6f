// Fault: after an mvas_init that failed it does not say who it is.
#define BREAKS_INFO
#define BREAKS_INIT
#include "../base.h"

static int failed;
static const MVASPluginInfo info = {"Broken twin", "1.0.0", NULL, NULL, MODEL_TYPE, INPUT_WIDTH, 24, INPUT_FORMAT};
const MVASPluginInfo *mvas_get_info(void) { return failed ? NULL : &info; }

int32_t mvas_init(const char *model_path, const char *config_json) {
  int gain = 0;
  int32_t code = read_model(model_path, &gain);
  failed = code != MVAS_OK;
  if (failed) return code;
  if (!is_configuration(config_json)) return fail(MVAS_ERROR_INVALID_INPUT, "the configuration is no object");
  plugin.gain = gain;
  plugin.ready = 1;
  error_text[0] = '\0';
  return MVAS_OK;
}
