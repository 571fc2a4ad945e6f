// Fault: the map is allocated before the image is looked at, and handed out with the error.
// Also fails: resources/heap
#define BREAKS_INFER
#include "../base.h"


int32_t mvas_infer(const MVASImage *image, MVASResult *result) {
  const MVASResult empty = {0};
  if (!plugin.ready) return fail(MVAS_ERROR_NOT_INITIALIZED, "the plugin is not initialised");
  if (result == NULL) return fail(MVAS_ERROR_INVALID_INPUT, "result is NULL");
  *result = empty;
  int32_t code = check_image(image);
  if (code != MVAS_OK) {
    result->anomaly_map = (float *)calloc(MAP_SIZE * MAP_SIZE, sizeof(float));
    result->anomaly_map_width = result->anomaly_map_height = MAP_SIZE;
    return code;
  }
  fill_result(image, result);
  error_text[0] = '\0';
  return MVAS_OK;
}
