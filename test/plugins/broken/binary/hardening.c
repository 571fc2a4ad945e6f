// Fault: it is linked without RELRO.
// Flags: -O0 -Wl,--version-script=sdk/cmake/mvas_exports.map -Wl,-Bsymbolic-functions -Wl,-z,defs,-z,norelro,-z,now,-z,noexecstack -Wl,--build-id=sha1
#include "../base.h"
