// Fault: mvas_get_info removes a variable of the environment.
#define _GNU_SOURCE
#define BREAKS_INFO
#include "../base.h"

static const MVASPluginInfo info = {"Broken twin", "1.0.0", NULL, NULL, MODEL_TYPE, INPUT_WIDTH, 24, INPUT_FORMAT};

const MVASPluginInfo *mvas_get_info(void) {
  unsetenv("PATH");
  return &info;
}
