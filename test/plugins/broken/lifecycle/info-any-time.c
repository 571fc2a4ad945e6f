// Fault: after mvas_cleanup it no longer says who it is.
// Also fails: info/stable
#define BREAKS_INFO
#define BREAKS_CLEANUP
#include "../base.h"

static int closed;
static const MVASPluginInfo info = {"Broken twin", "1.0.0", NULL, NULL, MODEL_TYPE, INPUT_WIDTH, 24, INPUT_FORMAT};
const MVASPluginInfo *mvas_get_info(void) { return closed ? NULL : &info; }

void mvas_cleanup(void) {
  closed = 1;
  plugin.ready = 0;
}
