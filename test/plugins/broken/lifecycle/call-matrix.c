// Fault: mvas_cleanup leaves the flag set by which mvas_infer knows that it may.
// Also fails: init/recovers
#define BREAKS_CLEANUP
#include "../base.h"

void mvas_cleanup(void) { plugin.gain = 0; }
