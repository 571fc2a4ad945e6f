// Fault: the format in lower case.
#define INPUT_FORMAT "rgb"
#include "../base.h"
