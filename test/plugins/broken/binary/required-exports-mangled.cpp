// Fault: mvas_get_error has C++ linkage, so that only its mangled name is exported.
// Flags: -O0 -Wl,-Bsymbolic-functions,-z,defs,-z,relro,-z,now,-z,noexecstack -Wl,--build-id=sha1
#include <cstdint>

#define mvas_get_error mvas_get_error_of_the_header
#define BREAKS_ERROR
#include "../base.h"
#undef mvas_get_error

MVAS_EXPORT const char *mvas_get_error() { return error_text; }
