// Fault: every inspection prints its score, into the buffer of the C library.
#define ON_RESULT printf("score %f\n", (double)result->anomaly_score)
#include "../base.h"
