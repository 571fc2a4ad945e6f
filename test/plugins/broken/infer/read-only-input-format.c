// Fault: the format is brought to upper case where it stands.
// Also fails: infer/fuzz
#define ON_INFER \
  for (char *letter = (char *)(uintptr_t)image->format; *letter != '\0'; letter++) *letter &= ~0x20
#include "../base.h"
