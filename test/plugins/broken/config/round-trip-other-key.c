// Fault: to set one value puts all others back to their defaults.
#define BREAKS_SET
#include "../adjustable.h"

int32_t mvas_set_config(const MVASConfigParam *params, int32_t num_params) {
  int32_t code = check_entries(params, num_params);
  if (code == MVAS_OK) code = stage_entries(params, num_params);
  if (code != MVAS_OK) return code;
  for (int32_t i = 0; i < num_params; i++)
    if (strcmp(params[i].key, "threshold") == 0) staged.cells = defaults.cells;
  return take_settings();
}
