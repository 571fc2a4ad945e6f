// Fault: its code holds an address, so that the loader must make the code writable.
// Flags: -O0 -Wl,--version-script=sdk/cmake/mvas_exports.map -Wl,-Bsymbolic-functions -Wl,-z,defs,-z,relro,-z,now,-z,noexecstack -Wl,-z,notext -Wl,--build-id=sha1
#include "../base.h"

__asm__(".text\n.balign 8\n.quad mvas_infer\n");
