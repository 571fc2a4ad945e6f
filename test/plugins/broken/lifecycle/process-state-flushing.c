// Fault: it was linked with -ffast-math, which flushes denormals from the moment the library is loaded.
#include "../base.h"

__attribute__((constructor)) static void set_fast_math(void) {
#if defined(__x86_64__)
  __builtin_ia32_ldmxcsr(__builtin_ia32_stmxcsr() | 0x8040);
#elif defined(__aarch64__)
  uint64_t mode;
  __asm__ volatile("mrs %0, fpcr" : "=r"(mode));
  __asm__ volatile("msr fpcr, %0" : : "r"(mode | (1u << 24)));
#endif
}
