// Fault: the decision in capitals.
#define ON_RESULT result->decision = "PASS"
#include "../base.h"
