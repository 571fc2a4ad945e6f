// Fault: a static variable of an inline function exists once for all plugins in the process.
// Flags: -O0 -fvisibility=default -Wl,-Bsymbolic-functions -Wl,-z,defs,-z,relro,-z,now,-z,noexecstack -Wl,--build-id=sha1
// Also fails: binary/foreign-exports
inline int *counter_of_all() {
  static int count = 0;
  return &count;
}
#define ON_INFER *counter_of_all() += 1
#include "../base.h"
