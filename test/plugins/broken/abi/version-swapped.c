// Fault: major and minor number have changed places.
#include "../base.h"

uint32_t mvas_abi_version(void) { return MVAS_ABI_VERSION_MINOR << 16 | MVAS_ABI_VERSION_MAJOR; }
