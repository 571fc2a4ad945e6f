// Fault: a threshold of 0 is taken, and the next inspection divides by it.
// Manifest: {"configuration": {"user_configurable": [{"key": "threshold", "type": "float", "default": 0.5, "min": 0, "max": 1}, {"key": "cells", "type": "int", "default": 16, "min": 1, "max": 100}, {"key": "strict", "type": "bool", "default": false}, {"key": "label", "type": "string", "default": "line one"}]}}
#define ON_RESULT \
  result->decision = decides(result->anomaly_score) ? MVAS_DECISION_FAIL : MVAS_DECISION_PASS; \
  if (settings.threshold == 0) result->confidence = (float)(0 / settings.threshold)
#include "../adjustable.h"
