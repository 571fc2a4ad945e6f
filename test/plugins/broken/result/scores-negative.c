// Fault: the score of a dark image is below 0.
// Also fails: infer/fuzz, infer/sizes
#define ON_RESULT result->anomaly_score = result->anomaly_score * 1.1f - 0.1f
#include "../base.h"
