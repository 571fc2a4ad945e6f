// Fault: each inspection loses 1 KB.
#define ON_RESULT \
  if (malloc(1024) == NULL) return fail(MVAS_ERROR_OUT_OF_MEMORY, "no memory")
#include "../base.h"
