// Fault: the decision ends in a line break.
#define ON_RESULT \
  if (result->decision[0] == 'p') result->decision = "pass\n"
#include "../base.h"
