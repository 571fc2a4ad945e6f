// Fault: the text is in Latin-1.
#define BREAKS_ERROR
#include "../base.h"

const char *mvas_get_error(void) { return error_text[0] == '\0' ? "" : "Gr\xf6\xdf" "e falsch"; }
