// A correct plugin for one thread at a time: its working memory is shared by all calls and grows with the images.
#include "small.h"

static const MVASPluginInfo info = {"One at a time", "1.2.0", NULL, NULL, MVAS_MODEL_CLASSIFICATION, 50, 50, MVAS_FORMAT_RGB};
static float *rows;
static int32_t capacity;

const MVASPluginInfo *mvas_get_info(void) { return &info; }
const char *mvas_get_error(void) { return error_text; }
int32_t mvas_init(const char *model_path, const char *config_json) { return small_init(model_path, config_json); }

void mvas_cleanup(void) {
  free(rows);
  rows = NULL;
  capacity = 0;
  small_ready = 0;
}

static int32_t grow(int32_t height) {
  if (height <= capacity) return MVAS_OK;
  float *larger = malloc((size_t)height * sizeof(float));
  if (larger == NULL) return fail(MVAS_ERROR_OUT_OF_MEMORY, "no memory for %d rows", (int)height);
  free(rows);
  rows = larger;
  capacity = height;
  return MVAS_OK;
}

int32_t mvas_infer(const MVASImage *image, MVASResult *result) {
  int32_t code = small_check(image, result, 3);
  if (result != NULL) memset(result, 0, sizeof *result);
  if (code == MVAS_OK) code = grow(image->height);
  if (code != MVAS_OK) return code;
  for (int y = 0; y < image->height; y++) {
    double sum = 0;
    for (int x = 0; x < image->width; x++) sum += brightness(image, x, y);
    rows[y] = (float)(sum / image->width);
  }
  float most = 0;
  for (int y = 0; y < image->height; y++) most = rows[y] > most ? rows[y] : most;
  float *map = malloc((size_t)image->height * sizeof(float));
  if (map == NULL) return fail(MVAS_ERROR_OUT_OF_MEMORY, "no memory for the map");
  memcpy(map, rows, (size_t)image->height * sizeof(float));
  score(result, most);
  result->anomaly_map = map;
  result->anomaly_map_width = 1;
  result->anomaly_map_height = image->height;
  return succeed();
}

void mvas_free_result(MVASResult *result) {
  if (result == NULL) return;
  free(result->anomaly_map);
  memset(result, 0, sizeof *result);
}
