// Fault: its functions are bound at their first call.
// Flags: -O0 -Wl,--version-script=sdk/cmake/mvas_exports.map -Wl,-Bsymbolic-functions -Wl,-z,defs,-z,relro,-z,lazy,-z,noexecstack -Wl,--build-id=sha1
#include "../base.h"
