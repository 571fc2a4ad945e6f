// Fault: entries behind a bad one are applied.
#define BREAKS_SET
#include "../adjustable.h"

int32_t mvas_set_config(const MVASConfigParam *params, int32_t num_params) {
  int32_t code = check_entries(params, num_params), bad = MVAS_OK;
  if (code != MVAS_OK) return code;
  for (int32_t i = 0; i < num_params; i++) {
    staged = settings;
    code = stage_entries(&params[i], 1);
    if (code == MVAS_OK && (bad != MVAS_OK || num_params == 1)) settings = staged;
    if (code != MVAS_OK) bad = code;
  }
  if (bad != MVAS_OK) return bad;
  stage_entries(params, num_params);
  return take_settings();
}
