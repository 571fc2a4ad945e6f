// Fault: nobody filled in the version.
#define BREAKS_INFO
#include "../base.h"

static const MVASPluginInfo info = {"Broken twin", "", NULL, NULL, MODEL_TYPE, INPUT_WIDTH, 24, INPUT_FORMAT};
const MVASPluginInfo *mvas_get_info(void) { return &info; }
