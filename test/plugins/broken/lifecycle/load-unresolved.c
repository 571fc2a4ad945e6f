// Fault: a function it calls is in no library.
// Flags: -O0 -Wl,--version-script=sdk/cmake/mvas_exports.map -Wl,-Bsymbolic-functions,-z,relro,-z,now,-z,noexecstack -Wl,--build-id=sha1
#define ON_INFER image_statistics(image)
#include "mvas_plugin.h"
void image_statistics(const MVASImage *image);
#include "../base.h"
