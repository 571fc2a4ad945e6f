// Fault: there is no mvas_free_result; its results lie in static memory, which the next inspection overwrites.
#define BREAKS_FREE
#define ON_RESULT keep(result)
#include "mvas_plugin.h"
static void keep(MVASResult *result);
#include "../base.h"

static void keep(MVASResult *result) {
  static float map[MAP_SIZE * MAP_SIZE], box[6];
  memcpy(map, result->anomaly_map, sizeof map);
  memcpy(box, result->bboxes, sizeof box);
  free(result->anomaly_map);
  free(result->bboxes);
  result->anomaly_map = map;
  result->bboxes = box;
}
