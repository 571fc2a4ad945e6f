// Fault: only the first mvas_set_config of a life changes anything.
#define ON_SETTINGS staged = defaults, was_set = 0
static int was_set;
#define BREAKS_SET
#include "../adjustable.h"

int32_t mvas_set_config(const MVASConfigParam *params, int32_t num_params) {
  int32_t code = check_entries(params, num_params);
  if (code == MVAS_OK) code = stage_entries(params, num_params);
  if (code != MVAS_OK) return code;
  if (was_set) staged = settings;
  was_set = was_set || num_params > 0;
  return take_settings();
}
