// Fault: mvas_cleanup without mvas_init follows a NULL pointer.
static int *weights;
#define ON_INIT weights = &plugin.gain
#define BREAKS_CLEANUP
#include "../base.h"

void mvas_cleanup(void) {
  *weights = 0;
  plugin.ready = 0;
}
