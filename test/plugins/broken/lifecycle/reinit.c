// Fault: a static buffer keeps the sum of all lives.
static int lives;
#define ON_INIT plugin.gain -= 10 * lives++
#include "../base.h"
