// Fault: details are an empty text.
#define ON_RESULT \
  result->details_json = ""
#include "../base.h"
