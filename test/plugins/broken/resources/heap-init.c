// Fault: mvas_cleanup forgets the weights.
static float *weights;
#define ON_INIT weights = malloc(4096)
#include "../base.h"
