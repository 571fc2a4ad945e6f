// Fault: each life takes a slot of a table that mvas_cleanup does not give back.
static int slots = 35;
#define ON_INIT \
  if (slots-- == 0) return fail(MVAS_ERROR_INIT_FAILED, "no more slots")
#include "../base.h"
