// Tells how often it was started itself, in tens, and how often its library was.
#include <string.h>

#include "mvas_plugin.h"

int library_begin(const char *words);

static int starts;
static int begun;

MVAS_EXPORT const MVASPluginInfo *mvas_get_info(void) {
  static const MVASPluginInfo info = {"User", "1.0.0", NULL, NULL, "anomaly_detection", 4, 3, NULL};
  return &info;
}

MVAS_EXPORT int32_t mvas_init(const char *model, const char *config) {
  (void)model;
  starts += 1;
  begun = library_begin(config);
  return 0;
}

MVAS_EXPORT int32_t mvas_infer(const MVASImage *image, MVASResult *result) {
  (void)image;
  memset(result, 0, sizeof *result);
  result->decision = "pass";
  result->anomaly_score = (float)(10 * starts + begun);
  return 0;
}

MVAS_EXPORT void mvas_cleanup(void) {}

MVAS_EXPORT const char *mvas_get_error(void) { return ""; }
