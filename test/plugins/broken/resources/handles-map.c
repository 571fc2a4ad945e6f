// Fault: the weights are mapped at each mvas_init, and never unmapped.
#define _GNU_SOURCE
#include <sys/mman.h>
#define ON_INIT \
  if (mmap(NULL, 1 << 20, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED) return fail(MVAS_ERROR_OUT_OF_MEMORY, "no memory")
#include "../base.h"
