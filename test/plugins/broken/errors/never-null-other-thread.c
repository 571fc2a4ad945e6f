// Fault: a thread that has not failed yet has no buffer.
#define BREAKS_ERROR
#include "../base.h"

static const char *home_text;
__attribute__((constructor)) static void remember(void) { home_text = error_text; }

const char *mvas_get_error(void) {
  static __thread int failed;
  failed = failed || error_text[0] != '\0';
  return failed || error_text == home_text ? error_text : NULL;
}
