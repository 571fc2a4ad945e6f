// Fault: its constructor crashes.
#include "../base.h"

__attribute__((constructor)) static void set_up(void) { abort(); }
