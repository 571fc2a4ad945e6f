// Fault: each mvas_init leaves a descriptor open.
// Also fails: lifecycle/many-cycles
#include <fcntl.h>
#define ON_INIT \
  if (open("/dev/null", O_RDONLY) < 0) return fail(MVAS_ERROR_INIT_FAILED, "no more descriptors")
#include "../base.h"
