// Fault: the scratch buffer is allocated for the thread of mvas_init alone.
static __thread char *scratch;
#define ON_INIT \
  free(scratch); \
  scratch = malloc(64)
#define ON_INFER scratch[0] = 1
#include "../base.h"
