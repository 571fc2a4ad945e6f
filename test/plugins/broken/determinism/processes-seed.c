// Fault: a generator is seeded with the number of the process.
#ifdef _WIN32
#include <process.h>
#define getpid _getpid
#else
#include <unistd.h>
#endif
#include "mvas_plugin.h"

static float jitter(void);
#define ON_RESULT result->confidence = result->anomaly_score * jitter()
#include "../base.h"

static float jitter(void) {
  uint32_t seed = (uint32_t)getpid() * 2654435761u;
  return 0.98f + 0.02f * (float)(seed >> 16) / 65536.0f;
}
