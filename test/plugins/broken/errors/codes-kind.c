// Fault: a bad value is called a failed inspection.
#define BREAKS_SET
#include "../adjustable.h"

int32_t mvas_set_config(const MVASConfigParam *params, int32_t num_params) {
  int32_t code = check_entries(params, num_params);
  if (code == MVAS_OK && stage_entries(params, num_params) != MVAS_OK) return MVAS_ERROR_INFERENCE;
  return code == MVAS_OK ? take_settings() : code;
}
