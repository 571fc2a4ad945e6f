// Fault: a helper of its own is public.
// Flags: -O0 -Wl,-Bsymbolic-functions -Wl,-z,defs,-z,relro,-z,now,-z,noexecstack -Wl,--build-id=sha1
#define ON_INFER log_size(image)
#include "mvas_plugin.h"
void log_size(const MVASImage *image);
#include "../base.h"

__attribute__((visibility("default"))) void log_size(const MVASImage *image) { plugin.ready += image->width < 0; }
