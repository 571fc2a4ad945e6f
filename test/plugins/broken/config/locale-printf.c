// Fault: the threshold is printed by the rules of the locale.
#define BREAKS_GET
#include "../adjustable.h"

const char *mvas_get_config(void) {
  static char text[160];
  const Settings *told = plugin.ready ? &settings : &defaults;
  snprintf(text, sizeof text, "{\"threshold\": %.6f, \"cells\": %d, \"strict\": %s, \"label\": \"%s\"}", told->threshold, told->cells,
           told->strict ? "true" : "false", told->label);
  return text;
}
