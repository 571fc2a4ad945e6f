// Fault: every picture passes with the same score: nothing of it is looked at.
// Severity: info
#define ON_RESULT \
  free(result->anomaly_map); \
  result->anomaly_map = NULL; \
  result->anomaly_map_width = result->anomaly_map_height = 0; \
  result->decision = MVAS_DECISION_PASS; \
  result->anomaly_score = result->bboxes[4] = 0.1f; \
  result->confidence = 0.9f
#include "../base.h"
