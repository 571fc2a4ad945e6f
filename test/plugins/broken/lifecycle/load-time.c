// Fault: the first mvas_get_info computes a table for more than a second.
// Slow: it needs more than the short deadlines of this walk
#define BREAKS_INFO
#include <time.h>
#include "../base.h"

static const MVASPluginInfo info = {"Broken twin", "1.0.0", NULL, NULL, MODEL_TYPE, INPUT_WIDTH, 24, INPUT_FORMAT};

const MVASPluginInfo *mvas_get_info(void) {
  static int done;
  clock_t start = clock();
  while (!done && clock() - start < CLOCKS_PER_SEC * 21 / 20) continue;
  done = 1;
  return &info;
}
