// Fault: from the second time on the pointer to the value is kept and read at each inspection.
#define BREAKS_SET
#define ON_SETTINGS staged = defaults, times = 0
#define ON_INFER \
  double kept_value; \
  if (times > 1 && read_plain_number(kept, &kept_value) && kept_value <= 1) settings.threshold = kept_value; \
  else if (times > 1 && *kept == 'x') settings.threshold = 0
#define ON_RESULT result->confidence = (float)settings.threshold
static const char *kept;
static int times;
#include "../adjustable.h"

int32_t mvas_set_config(const MVASConfigParam *params, int32_t num_params) {
  int32_t code = check_entries(params, num_params);
  if (code == MVAS_OK) code = stage_entries(params, num_params);
  if (code != MVAS_OK) return code;
  for (int32_t i = 0; i < num_params; i++)
    if (strcmp(params[i].key, "threshold") == 0) kept = params[i].value, times++;
  return take_settings();
}
