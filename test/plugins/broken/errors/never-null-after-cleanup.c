// Fault: mvas_cleanup releases the buffer of the text.
#define BREAKS_ERROR
#define BREAKS_CLEANUP
#include "../base.h"

static int released;

void mvas_cleanup(void) {
  released = plugin.ready;
  plugin.ready = 0;
  error_text[0] = '\0';
}

const char *mvas_get_error(void) { return released && !plugin.ready && error_text[0] == '\0' ? NULL : error_text; }
