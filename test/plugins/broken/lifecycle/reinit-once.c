// Fault: it starts only once in a process.
static int used;
#define ON_INIT \
  if (used++ > 3) return fail(MVAS_ERROR_INIT_FAILED, "no more handles")
#include "../base.h"
