// Fault: it keeps results in a packed copy of MVASResult.
// Flags: -O0 -g -Wl,--version-script=sdk/cmake/mvas_exports.map -Wl,-Bsymbolic-functions -Wl,-z,defs,-z,relro,-z,now,-z,noexecstack -Wl,--build-id=sha1
#define ON_RESULT remember(result)
#include "mvas_plugin.h"
static void remember(const MVASResult *result);
#include "../base.h"

static void remember(const MVASResult *result) {
  const float score = result->anomaly_score;
  typedef struct __attribute__((packed)) {
    const char *decision;
    float confidence, anomaly_score, inference_time_ms;
    float *anomaly_map;
    int32_t anomaly_map_width, anomaly_map_height;
  } MVASResult;
  static MVASResult last;
  last.anomaly_score = score;
}
