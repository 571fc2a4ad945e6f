// Fault: rand() decides the last digits of the score.
// Also fails: determinism/order, host/field, infer/changing-sizes, infer/error-leaves-nothing
#define ON_RESULT result->confidence = result->anomaly_score * (0.98f + 0.02f * (float)rand() / (float)RAND_MAX)
#include "../base.h"
