// Fault: the text lies on the stack of the call.
#define BREAKS_GET
#include "../adjustable.h"

const char *mvas_get_config(void) {
  char text[160];
  char *volatile place = text;
  print_settings(text, sizeof text);
  return place;
}
