// Fault: it tells the version of the product in place of the contract's.
#include "../base.h"

uint32_t mvas_abi_version(void) { return 1u << 16 | 4; }
