// Fault: an unknown key is answered with a positive number.
#define BREAKS_SET
#include "../adjustable.h"

int32_t mvas_set_config(const MVASConfigParam *params, int32_t num_params) {
  int32_t code = check_entries(params, num_params);
  if (code == MVAS_OK) code = stage_entries(params, num_params);
  return code == MVAS_OK ? take_settings() : code == MVAS_ERROR_UNSUPPORTED ? 7 : code;
}
