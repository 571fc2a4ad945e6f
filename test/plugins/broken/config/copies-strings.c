// Fault: the pointer to the label is kept.
#define BREAKS_GET
#define BREAKS_SET
#define ON_SETTINGS staged = defaults, label = defaults.label
static const char *label;
#include "../adjustable.h"

int32_t mvas_set_config(const MVASConfigParam *params, int32_t num_params) {
  int32_t code = check_entries(params, num_params);
  if (code == MVAS_OK) code = stage_entries(params, num_params);
  if (code != MVAS_OK) return code;
  for (int32_t i = 0; i < num_params; i++)
    if (strcmp(params[i].key, "label") == 0) label = params[i].value;
  return take_settings();
}

const char *mvas_get_config(void) {
  static char text[160];
  if (plugin.ready) snprintf(settings.label, sizeof settings.label, "%s", label);
  print_settings(text, sizeof text);
  return text;
}
