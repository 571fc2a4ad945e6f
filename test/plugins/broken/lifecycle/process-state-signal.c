// Fault: it catches crashes of the whole process when it is loaded.
#define _GNU_SOURCE
#include <signal.h>
#include "../base.h"

static void on_crash(int number) {
  signal(number, SIG_DFL);
  raise(number);
}

__attribute__((constructor)) static void catch_crashes(void) { signal(SIGFPE, on_crash); }
