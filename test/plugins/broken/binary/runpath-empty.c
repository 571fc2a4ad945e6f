// Fault: its search path ends with a colon: an empty entry is the current folder.
// Flags: -O0 -Wl,--version-script=sdk/cmake/mvas_exports.map -Wl,-Bsymbolic-functions -Wl,-z,defs,-z,relro,-z,now,-z,noexecstack -Wl,--build-id=sha1 -Wl,-rpath,$ORIGIN:
#include "../base.h"
