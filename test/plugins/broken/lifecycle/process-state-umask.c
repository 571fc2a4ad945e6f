// Fault: the second mvas_init changes the mode of new files.
#include <sys/stat.h>
static int starts;
#define ON_INIT \
  if (++starts > 1) umask(0177)
#include "../base.h"
