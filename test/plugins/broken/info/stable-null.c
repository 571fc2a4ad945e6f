// Fault: there is no info before mvas_init.
// Also fails: lifecycle/info-any-time, lifecycle/two-plugins
#define BREAKS_INFO
#include "../base.h"

static const MVASPluginInfo info = {"Broken twin", "1.0.0", NULL, NULL, MVAS_MODEL_ANOMALY_DETECTION, 32, 24, MVAS_FORMAT_RGB};
const MVASPluginInfo *mvas_get_info(void) { return plugin.ready ? &info : NULL; }
