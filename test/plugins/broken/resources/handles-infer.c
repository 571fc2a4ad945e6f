// Fault: each inspection leaves a descriptor open.
#include <unistd.h>
#define ON_INFER \
  if (dup(0) < 0) return fail(MVAS_ERROR_INFERENCE, "no more descriptors")
#include "../base.h"
