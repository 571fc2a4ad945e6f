// Fault: the text lies on the stack of the call.
#define BREAKS_ERROR
#include "../base.h"

const char *mvas_get_error(void) {
  char text[160];
  char *volatile place = text;
  memcpy(text, error_text, sizeof text);
  return place;
}
