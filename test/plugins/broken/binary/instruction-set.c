// Fault: on x64 it holds AVX2 instructions and never asks whether the processor has them.
// Flags: -O0 -Wl,--version-script=sdk/cmake/mvas_exports.map -Wl,-Bsymbolic-functions -Wl,-z,defs,-z,relro,-z,now,-z,noexecstack -Wl,--build-id=sha1
#define ON_INFER \
  if (plugin.gain == 4711) widen()
#include "mvas_plugin.h"
static void widen(void);
#include "../base.h"

static void widen(void) {
#ifdef __x86_64__
  __asm__ volatile("vpaddd %%ymm0, %%ymm0, %%ymm0" ::: "xmm0");
#endif
}
