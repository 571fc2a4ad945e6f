// Fault: mvas_cleanup releases the maps of results that are still alive.
static float *living[16];
#define BREAKS_FREE
#define BREAKS_CLEANUP
#define ON_RESULT                                                             \
  for (int i = 0; i < 16; i++)                                                \
    if (living[i] == NULL) {                                                  \
      living[i] = result->anomaly_map;                                        \
      break;                                                                  \
    }
#include "../base.h"

void mvas_free_result(MVASResult *result) {
  const MVASResult empty = {0};
  if (result == NULL) return;
  for (int i = 0; i < 16; i++)
    if (living[i] == result->anomaly_map) living[i] = NULL;
  free(result->anomaly_map);
  free(result->bboxes);
  *result = empty;
}

void mvas_cleanup(void) {
  for (int i = 0; i < 16; i++) {
    free(living[i]);
    living[i] = NULL;
  }
  plugin.ready = 0;
}
