// Fault: there is no text for bad images.
#define BREAKS_ERROR
#include "../base.h"

const char *mvas_get_error(void) { return plugin.ready ? NULL : error_text; }
