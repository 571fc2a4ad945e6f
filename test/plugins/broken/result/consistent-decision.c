// Fault: the comparison with the threshold is the wrong way round.
#define ON_RESULT \
  result->decision = result->anomaly_score < 0.5f ? MVAS_DECISION_FAIL : MVAS_DECISION_PASS
#include "../base.h"
