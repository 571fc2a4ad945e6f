// Fault: the text is no JSON: a comma is too many.
#define BREAKS_GET
#include "../adjustable.h"

const char *mvas_get_config(void) { return "{\"threshold\": 0.5,}"; }
