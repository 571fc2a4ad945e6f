// Fault: there is never a text.
#define BREAKS_ERROR
#include "../base.h"

const char *mvas_get_error(void) { return ""; }
