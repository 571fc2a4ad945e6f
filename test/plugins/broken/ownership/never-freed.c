// Fault: there is no function to release what every inspection allocates.
// Also fails: resources/heap
#define BREAKS_FREE
#include "../base.h"
