// Fault: a mean of nothing is written as NaN.
#define ON_RESULT \
  result->details_json = "{\"mean\": NaN}"
#include "../base.h"
