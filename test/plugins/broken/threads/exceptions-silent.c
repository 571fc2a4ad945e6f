// Fault: on a thread that the library was not loaded on, a failure leaves no text.
#define BREAKS_ERROR
#include "../base.h"

static const char *home_text;
__attribute__((constructor)) static void remember(void) { home_text = error_text; }

const char *mvas_get_error(void) { return error_text == home_text ? error_text : ""; }
