// Fault: the source was saved in Latin-1, and with it the maker's name.
#define BREAKS_INFO
#include "../base.h"

static const MVASPluginInfo info = {"Broken twin", "1.0.0", "M\xfcller", NULL, MODEL_TYPE, INPUT_WIDTH, 24, INPUT_FORMAT};
const MVASPluginInfo *mvas_get_info(void) { return &info; }
