// Fault: an inspection leaves another rounding behind.
#include <fenv.h>
#define ON_RESULT fesetround(FE_DOWNWARD)
#include "../base.h"
