// Fault: entries before a bad one stay applied.
#define BREAKS_SET
#include "../adjustable.h"

int32_t mvas_set_config(const MVASConfigParam *params, int32_t num_params) {
  int32_t code = check_entries(params, num_params);
  if (code != MVAS_OK) return code;
  code = stage_entries(params, num_params);
  take_settings();
  return code == MVAS_OK ? code : fail(code, "an entry is bad");
}
