// Fault: every call returns a new block.
#define BREAKS_INFO
#include "../base.h"

const MVASPluginInfo *mvas_get_info(void) {
  const MVASPluginInfo info = {"Broken twin", "1.0.0", NULL, NULL, MODEL_TYPE, INPUT_WIDTH, 24, INPUT_FORMAT};
  MVASPluginInfo *block = (MVASPluginInfo *)malloc(sizeof info);
  memcpy(block, &info, sizeof info);
  return block;
}
