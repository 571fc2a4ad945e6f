// Fault: every seventh inspection loses 24 bytes.
static int calls;
#define ON_RESULT \
  if (++calls % 7 == 0 && malloc(24) == NULL) return fail(MVAS_ERROR_OUT_OF_MEMORY, "no memory")
#include "../base.h"
