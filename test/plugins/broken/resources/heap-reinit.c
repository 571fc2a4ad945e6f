// Fault: a second mvas_init forgets the weights of the first; mvas_cleanup frees one set.
static float *weights;
#define ON_INIT weights = malloc(4096)
#define BREAKS_CLEANUP
#include "../base.h"

void mvas_cleanup(void) {
  free(weights);
  weights = NULL;
  plugin.ready = 0;
}
