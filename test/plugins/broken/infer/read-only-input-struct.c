// Fault: it leaves the stride of its own copy in the caller’s struct.
// Also fails: infer/fuzz
#define ON_RESULT \
  ((MVASImage *)(uintptr_t)image)->stride = image->width * image->channels
#include "../base.h"
