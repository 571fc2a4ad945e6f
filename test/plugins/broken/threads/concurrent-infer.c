// Fault: all inspections work in one buffer.
// Manifest: {"interface": {"thread_safe": true}}
#include <sched.h>

static float scratch[64];
#define ON_RESULT                                              \
  memcpy(scratch, result->anomaly_map, sizeof scratch);        \
  sched_yield();                                               \
  memcpy(result->anomaly_map, scratch, sizeof scratch)
#include "../base.h"
