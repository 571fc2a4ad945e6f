// Fault: mvas_cleanup is missing.
#define BREAKS_CLEANUP
#include "../base.h"
