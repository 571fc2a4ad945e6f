// Fault: the model’s gain is known only to the thread of mvas_init.
static __thread int own_gain;
#define ON_INIT own_gain = gain
#define ON_RESULT result->anomaly_score = result->anomaly_score * (float)own_gain / (float)plugin.gain
#include "../base.h"
