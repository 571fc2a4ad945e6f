// Fault: details are a list.
#define ON_RESULT \
  result->details_json = "[1, 2]"
#include "../base.h"
