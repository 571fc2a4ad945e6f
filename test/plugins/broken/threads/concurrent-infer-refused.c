// Fault: a second inspection at the same time is refused.
// Manifest: {"interface": {"thread_safe": true}}
#include <sched.h>

static volatile int busy;
#define ON_INFER                                                                            \
  if (__sync_lock_test_and_set(&busy, 1)) return fail(MVAS_ERROR_INFERENCE, "already busy"); \
  sched_yield()
#define ON_RESULT __sync_lock_release(&busy)
#include "../base.h"
