// Fault: the version changes when the model is loaded.
#define BREAKS_INFO
#include "../base.h"

static MVASPluginInfo info = {"Broken twin", "1.0.0", NULL, NULL, MVAS_MODEL_ANOMALY_DETECTION, 32, 24, MVAS_FORMAT_RGB};

const MVASPluginInfo *mvas_get_info(void) {
  info.version = plugin.ready ? "1.0.0 (gain model)" : "1.0.0";
  return &info;
}
