// A plugin that does nothing: what a host adds to a call is all that takes time. MAP_SIZE gives its result a square map.
#include <string.h>

#include "mvas_plugin.h"

#ifndef MAP_SIZE
#define MAP_SIZE 0
#endif

#if MAP_SIZE > 0
static float map[MAP_SIZE * MAP_SIZE];
#endif

MVAS_EXPORT const MVASPluginInfo *mvas_get_info(void) {
  static const MVASPluginInfo info = {"Stub", "1.0.0", NULL, NULL, "anomaly_detection", 640, 480, "RGB"};
  return &info;
}

MVAS_EXPORT int32_t mvas_init(const char *model_path, const char *config_json) {
  (void)model_path;
  (void)config_json;
  return MVAS_OK;
}

MVAS_EXPORT int32_t mvas_infer(const MVASImage *image, MVASResult *result) {
  result->decision = MVAS_DECISION_PASS;
  result->confidence = 1;
  result->anomaly_score = image->data[0] / 255.0f;
#if MAP_SIZE > 0
  map[image->data[0]] += 1;
  result->anomaly_map = map;
  result->anomaly_map_width = MAP_SIZE;
  result->anomaly_map_height = MAP_SIZE;
#endif
  return MVAS_OK;
}

MVAS_EXPORT void mvas_cleanup(void) {}

MVAS_EXPORT const char *mvas_get_error(void) { return ""; }

MVAS_EXPORT void mvas_free_result(MVASResult *result) { memset(result, 0, sizeof *result); }
