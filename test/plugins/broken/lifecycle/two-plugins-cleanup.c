// Fault: a second mvas_init cleans up first, and cleans up the plugin that was loaded before it.
// Also fails: binary/self-binding
// Flags: -O0 -Wl,--version-script=sdk/cmake/mvas_exports.map -Wl,-z,defs,-z,relro,-z,now,-z,noexecstack -Wl,--build-id=sha1
#define ON_INIT \
  if (plugin.ready) mvas_cleanup()
#include "../base.h"
