// Fault: vector instructions take aligned memory only, and the others are refused.
// Also fails: determinism/image-content
#define ON_INFER \
  if ((uintptr_t)image->data % 4 != 0) return fail(MVAS_ERROR_INVALID_INPUT, "the pixels are not aligned")
#include "../base.h"
