// Fault: its libraries are searched in a folder of the build machine.
// Flags: -O0 -Wl,--version-script=sdk/cmake/mvas_exports.map -Wl,-Bsymbolic-functions -Wl,-z,defs,-z,relro,-z,now,-z,noexecstack -Wl,--build-id=sha1 -Wl,-rpath,/opt/vendor/lib
#include "../base.h"
