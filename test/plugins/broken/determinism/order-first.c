// Fault: the first inspection of a process is made with half a model.
#define ON_RESULT \
  static int calls; \
  if (calls++ == 0) result->confidence *= 0.5f
#include "../base.h"
