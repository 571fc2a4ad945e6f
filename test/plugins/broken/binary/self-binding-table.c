// Fault: it calls mvas_get_error through a table that the loader fills.
// Flags: -O0 -Wl,--version-script=sdk/cmake/mvas_exports.map -Wl,-z,defs,-z,relro,-z,now,-z,noexecstack -Wl,--build-id=sha1
#define ON_INIT \
  if (calls[0]() == NULL) return fail(MVAS_ERROR_INIT_FAILED, "no text")
#include "mvas_plugin.h"
static const char *(*const volatile calls[])(void) = {mvas_get_error};
#include "../base.h"
