// Fault: an array that is missing counts as no entries.
#define BREAKS_SET
#include "../adjustable.h"

int32_t mvas_set_config(const MVASConfigParam *params, int32_t num_params) {
  int32_t code = check_entries(params, params == NULL && num_params > 0 ? 0 : num_params);
  if (code == MVAS_OK) code = stage_entries(params, params == NULL ? 0 : num_params);
  return code == MVAS_OK ? take_settings() : code;
}
