// Fault: it holds debug information and a path of the machine it was built on, and no number of its build.
// Flags: -O0 -g -Wl,--version-script=sdk/cmake/mvas_exports.map -Wl,-Bsymbolic-functions -Wl,-z,defs,-z,relro,-z,now,-z,noexecstack -Wl,--build-id=none
#include "../base.h"

int32_t mvas_warmup(int32_t iterations) {
  if (!plugin.ready) return fail(MVAS_ERROR_NOT_INITIALIZED, "/home/builder/inspection/src/warm_up.c: the plugin is not initialised");
  return iterations < 0 ? fail(MVAS_ERROR_INVALID_INPUT, "a negative number of iterations") : fail(MVAS_OK, "");
}
