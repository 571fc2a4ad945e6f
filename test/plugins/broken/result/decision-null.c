// Fault: it forgets the decision.
#define ON_RESULT result->decision = NULL
#include "../base.h"
