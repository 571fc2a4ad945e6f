// Fault: every fault has the same text.
#define BREAKS_ERROR
#include "../base.h"

const char *mvas_get_error(void) { return error_text[0] == '\0' ? "" : "an error occurred"; }
