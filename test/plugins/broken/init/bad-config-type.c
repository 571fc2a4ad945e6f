// Fault: a text in place of the gain's number counts as 0, and is no error.
// Manifest: {"configuration": {"user_configurable": [{"key": "gain", "type": "float", "default": 1, "min": 0.5, "max": 2}]}}
#define ON_INIT \
  if (config_json != NULL && gain_out_of_range(config_json)) return fail(MVAS_ERROR_INVALID_INPUT, "gain must be in 0.5..2")
static int gain_out_of_range(const char *json);
#include "../base.h"

static int gain_out_of_range(const char *json) {
  const char *at = strstr(json, "\"gain\":");
  double value = at == NULL ? 1 : atof(at + 7);
  return value != 0 && (value < 0.5 || value > 2);
}
