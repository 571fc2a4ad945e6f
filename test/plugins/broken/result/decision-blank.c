// Fault: the decision ends in a line break.
// Also fails: infer/fuzz, infer/sizes
#define ON_RESULT \
  if (result->decision[0] == 'p') result->decision = "pass\n"
#include "../base.h"
