// Fault: parts of the C++ runtime that were compiled into it are public.
// Flags: -O0 -Wl,-Bsymbolic-functions -Wl,-z,defs,-z,relro,-z,now,-z,noexecstack -Wl,--build-id=sha1
#include <vector>

#include "mvas_plugin.h"
static std::vector<int> sizes;
#define ON_INIT sizes.assign(3, 7)
#include "../base.h"
