// Fault: it tells a library by the environment how many threads to use.
#define _GNU_SOURCE
#include <stdlib.h>
#define ON_INIT setenv("OMP_NUM_THREADS", "4", 1)
#include "../base.h"
