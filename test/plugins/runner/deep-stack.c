// A correct plugin that needs two megabytes of stack for each inspection.
#include <string.h>

static void use_stack(void);
#define ON_INFER use_stack()
#include "../broken/base.h"

static void use_stack(void) {
  volatile char deep[2 << 20];
  for (size_t at = 0; at < sizeof deep; at += 4096) deep[at] = 1;
}
