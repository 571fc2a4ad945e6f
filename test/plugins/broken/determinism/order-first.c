// Fault: the first inspection of a process is made with half a model.
// Also fails: determinism/repeat, infer/changing-sizes, infer/channel-order, infer/error-leaves-nothing, infer/formats
#define ON_RESULT \
  static int calls; \
  if (calls++ == 0) result->confidence *= 0.5f
#include "../base.h"
