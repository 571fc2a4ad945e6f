// Fault: an inspection reads the threshold twice.
// Manifest: {"configuration": {"user_configurable": [{"key": "threshold", "type": "float", "default": 0.5, "min": 0, "max": 1}, {"key": "cells", "type": "int", "default": 16, "min": 1, "max": 100}, {"key": "strict", "type": "bool", "default": false}, {"key": "label", "type": "string", "default": "line one"}]}, "interface": {"thread_safe": true}}
#include <sched.h>

#define ON_INFER double first = settings.threshold
#define ON_RESULT                                                                              \
  for (int i = 0; i < 2000; i++) sched_yield();                                                 \
  result->decision = decides(result->anomaly_score) ? MVAS_DECISION_FAIL : MVAS_DECISION_PASS; \
  result->confidence = (float)((first + 2 * settings.threshold) / 3)
#include "../adjustable.h"
