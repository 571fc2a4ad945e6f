// Fault: an error text is put into the settings unescaped.
#define BREAKS_GET
#define BREAKS_SET
#include "../adjustable.h"

static char last[24] = "";

int32_t mvas_set_config(const MVASConfigParam *params, int32_t num_params) {
  int32_t code = check_entries(params, num_params);
  if (code == MVAS_OK) code = stage_entries(params, num_params);
  if (code == MVAS_OK) return take_settings();
  if (num_params > 0 && params != NULL && params[0].key != NULL && strlen(params[0].key) < 3) snprintf(last, sizeof last, ", \"refused\": \"%s\"", params[0].key);
  return code;
}

const char *mvas_get_config(void) {
  static char text[200];
  print_settings(text, sizeof text);
  snprintf(strrchr(text, '}'), 40, "%s}", plugin.ready ? last : "");
  return text;
}
