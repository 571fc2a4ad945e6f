// Fault: after a second mvas_cleanup it never starts again.
static int closed;
#define ON_INIT \
  if (closed > 1) return fail(MVAS_ERROR_INIT_FAILED, "the plugin is closed")
#define BREAKS_CLEANUP
#include "../base.h"

void mvas_cleanup(void) {
  closed = plugin.ready ? 1 : closed + 1;
  plugin.ready = 0;
}
