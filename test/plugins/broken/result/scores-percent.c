// Fault: the confidence is in per cent.
#define ON_RESULT result->confidence *= 100.0f
#include "../base.h"
