// Fault: the name is NULL.
#define BREAKS_INFO
#include "../base.h"

static const MVASPluginInfo info = {NULL, "1.0.0", NULL, NULL, MODEL_TYPE, INPUT_WIDTH, 24, INPUT_FORMAT};
const MVASPluginInfo *mvas_get_info(void) { return &info; }
