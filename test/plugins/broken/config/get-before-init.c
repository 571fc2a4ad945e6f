// Fault: before mvas_init the text is empty.
#define BREAKS_GET
#include "../adjustable.h"

const char *mvas_get_config(void) {
  static char text[160];
  if (plugin.ready) print_settings(text, sizeof text);
  return text;
}
