// Fault: an address decides the order in which numbers are added, and the address is another in every process.
// Also fails: lifecycle/two-copies, lifecycle/two-plugins
#include "mvas_plugin.h"

static float wobble(void);
#define ON_RESULT result->confidence = result->anomaly_score * wobble()
#include "../base.h"

static float wobble(void) {
  uintptr_t page = (uintptr_t)&plugin >> 12;
  return 0.98f + 0.0000002f * (float)(page & 0xffff);
}
