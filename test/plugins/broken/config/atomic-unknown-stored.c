// Fault: an unknown key is taken and told from then on.
#define BREAKS_SET
#define BREAKS_GET
#include "../adjustable.h"

static char extra[40];

int32_t mvas_set_config(const MVASConfigParam *params, int32_t num_params) {
  int32_t code = check_entries(params, num_params);
  if (code == MVAS_OK) code = stage_entries(params, num_params);
  if (code == MVAS_OK) return take_settings();
  if (code == MVAS_ERROR_UNSUPPORTED && num_params == 1 && strspn(params[0].key, "abcdefghijklmnopqrstuvwxyz ") == strlen(params[0].key)) {
    snprintf(extra, sizeof extra, ", \"%.30s\": 1", params[0].key);
    error_text[0] = '\0';
    return MVAS_OK;
  }
  return code;
}

const char *mvas_get_config(void) {
  static char text[240];
  print_settings(text, sizeof text);
  snprintf(strrchr(text, '}'), 48, "%s}", plugin.ready ? extra : "");
  return text;
}
