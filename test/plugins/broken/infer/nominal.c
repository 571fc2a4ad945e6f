// Fault: images of its own size are refused.
// Also fails: host/field
#define ON_INFER \
  if (image->width == 32 && image->height == 24) return fail(MVAS_ERROR_INFERENCE, "the tensor has the wrong shape")
#include "../base.h"
