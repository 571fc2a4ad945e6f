// Fault: an entry without a value is passed over.
#define BREAKS_SET
#include "../adjustable.h"

int32_t mvas_set_config(const MVASConfigParam *params, int32_t num_params) {
  int32_t code = check_entries(params, num_params);
  if (code != MVAS_OK) return code;
  staged = settings;
  for (int32_t i = 0; i < num_params; i++) {
    if (params[i].key == NULL) return fail(MVAS_ERROR_INVALID_INPUT, "a key is NULL");
    if (params[i].value == NULL) continue;
    code = stage_text(params[i].key, params[i].value);
    if (code != MVAS_OK) return code;
  }
  return take_settings();
}
