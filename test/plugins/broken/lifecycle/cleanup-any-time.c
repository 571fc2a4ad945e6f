// Fault: a second mvas_cleanup frees the same block again.
// Also fails: resources/heap
static void *weights;
#define ON_INIT weights = malloc(100000)
#define BREAKS_CLEANUP
#include "../base.h"

void mvas_cleanup(void) {
  free(weights);
  plugin.ready = 0;
}
