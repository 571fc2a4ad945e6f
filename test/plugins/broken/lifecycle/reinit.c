// Fault: a static buffer keeps the sum of all lives.
// Also fails: host/field
static int lives;
#define ON_INIT plugin.gain -= 10 * lives++
#include "../base.h"
