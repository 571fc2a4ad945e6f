// Fault: it needs a library that not every system has.
// Flags: -O0 -Wl,--version-script=sdk/cmake/mvas_exports.map -Wl,-Bsymbolic-functions -Wl,-z,defs,-z,relro,-z,now,-z,noexecstack -Wl,--build-id=sha1 -Wl,--no-as-needed -l:libz.so.1
#include "../base.h"
