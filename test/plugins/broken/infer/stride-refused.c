// Fault: padded rows are refused.
#define ON_INFER \
  if (image->stride != image->width * image->channels) return fail(MVAS_ERROR_INVALID_INPUT, "only packed rows")
#include "../base.h"
