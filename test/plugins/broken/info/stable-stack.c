// Fault: the info lies on the stack of mvas_get_info.
// Flags: -O0 -Wno-return-local-addr -Wl,--version-script=sdk/cmake/mvas_exports.map -Wl,-Bsymbolic-functions,-z,defs,-z,relro,-z,now,-z,noexecstack -Wl,--build-id=sha1
#define BREAKS_INFO
#include "../base.h"

const MVASPluginInfo *mvas_get_info(void) {
  const MVASPluginInfo info = {"Broken twin", "1.0.0", NULL, NULL, MODEL_TYPE, INPUT_WIDTH, 24, INPUT_FORMAT};
  const MVASPluginInfo *volatile address = &info;
  return address;
}
