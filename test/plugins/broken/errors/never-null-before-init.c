// Fault: there is no text before the first failure.
#define BREAKS_ERROR
#include "../base.h"

const char *mvas_get_error(void) {
  static int failed;
  failed = failed || error_text[0] != '\0';
  return failed ? error_text : NULL;
}
