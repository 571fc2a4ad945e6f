// Fault: the description is the whole licence.
#define BREAKS_INFO
#include "../base.h"

static char licence[5000];
static const MVASPluginInfo info = {"Broken twin", "1.0.0", NULL, licence, MODEL_TYPE, INPUT_WIDTH, 24, INPUT_FORMAT};

const MVASPluginInfo *mvas_get_info(void) {
  memset(licence, 'x', sizeof licence - 1);
  return &info;
}
