// Fault: what a refused call began is applied by the next one that is not refused.
#define BREAKS_SET
#include "../adjustable.h"

int32_t mvas_set_config(const MVASConfigParam *params, int32_t num_params) {
  int32_t code = check_entries(params, num_params);
  for (int32_t i = 0; code == MVAS_OK && i < num_params; i++)
    code = params[i].key == NULL || params[i].value == NULL ? fail(MVAS_ERROR_INVALID_INPUT, "a key or value is NULL") : stage_text(params[i].key, params[i].value);
  return code == MVAS_OK ? take_settings() : code;
}
