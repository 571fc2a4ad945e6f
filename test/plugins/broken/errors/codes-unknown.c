// Fault: an entry without a key is answered with a number of its own.
#define BREAKS_SET
#include "../adjustable.h"

int32_t mvas_set_config(const MVASConfigParam *params, int32_t num_params) {
  int32_t code = check_entries(params, num_params);
  if (code == MVAS_OK && num_params > 0 && params[0].key == NULL) return fail(-1042, "the key is NULL");
  if (code == MVAS_OK) code = stage_entries(params, num_params);
  return code == MVAS_OK ? take_settings() : code;
}
