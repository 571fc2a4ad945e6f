// Fault: after four lives with an inspection it does not start again.
static int lives, inspected;
#define ON_INIT                                                                  \
  lives += inspected;                                                            \
  inspected = 0;                                                                 \
  if (lives > 3) return fail(MVAS_ERROR_INIT_FAILED, "no more handles")
#define ON_INFER inspected = 1
#include "../base.h"
