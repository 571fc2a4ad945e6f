// Fault: there is no function to release what every inspection allocates.
#define BREAKS_FREE
#include "../base.h"
