// Fault: a bad value is the format of its own error text.
#define BREAKS_SET
#include "../adjustable.h"

int32_t mvas_set_config(const MVASConfigParam *params, int32_t num_params) {
  int32_t code = check_entries(params, num_params);
  if (code == MVAS_OK) code = stage_entries(params, num_params);
  if (code == MVAS_OK) return take_settings();
  for (int32_t i = 0; i < num_params && params != NULL; i++)
    if (params[i].value != NULL && strchr(params[i].value, '%') != NULL) snprintf(error_text, sizeof error_text, params[i].value);
  return code;
}
