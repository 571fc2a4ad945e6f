// Fault: mvas_infer writes a struct that is longer than the contract’s.
#define ON_RESULT memset(result + 1, 0, 8)
#include "../base.h"
