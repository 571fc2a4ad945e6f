// Fault: the library greets when it is loaded.
#include "../base.h"

__attribute__((constructor)) static void greet(void) { puts("Broken twin 1.0.0, all rights reserved"); }
