// Fault: it changes the working directory to find its files.
// Also fails: binary/risky-imports
#include <unistd.h>
#define ON_INIT \
  if (chdir("/") != 0) return fail(MVAS_ERROR_INIT_FAILED, "no root folder")
#include "../base.h"
