// Fault: of a repeated key the first entry wins.
#define BREAKS_SET
#include "../adjustable.h"

int32_t mvas_set_config(const MVASConfigParam *params, int32_t num_params) {
  int32_t code = check_entries(params, num_params);
  if (code == MVAS_OK) code = stage_entries(params, num_params);
  if (code != MVAS_OK) return code;
  if (num_params == 2 && strcmp(params[0].key, params[1].key) == 0) stage_entries(params, 1);
  return take_settings();
}
