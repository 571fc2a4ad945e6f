// Fault: unknown keys are ignored.
#define BREAKS_SET
#include "../adjustable.h"

int32_t mvas_set_config(const MVASConfigParam *params, int32_t num_params) {
  int32_t code = check_entries(params, num_params);
  if (code != MVAS_OK) return code;
  staged = settings;
  for (int32_t i = 0; i < num_params; i++) {
    if (params[i].key == NULL || params[i].value == NULL) return fail(MVAS_ERROR_INVALID_INPUT, "a key or value is NULL");
    code = stage_text(params[i].key, params[i].value);
    if (code != MVAS_OK && code != MVAS_ERROR_UNSUPPORTED) return code;
  }
  return take_settings();
}
