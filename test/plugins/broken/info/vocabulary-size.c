// Fault: no input size.
#define INPUT_WIDTH 0
#include "../base.h"
