// Fault: its constructor never returns.
#include "../base.h"

__attribute__((constructor)) static void set_up(void) {
  volatile int wait = 1;
  while (wait) continue;
}
