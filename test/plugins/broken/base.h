// A correct plugin whose parts a broken twin replaces: it defines BREAKS_<PART> and its own version of that part after including this file,
// or one of the small macros below before. Without any of them it passes the strict profile.
#ifndef BROKEN_BASE_H
#define BROKEN_BASE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "json_object.h"
#include "mvas_plugin.h"

#ifndef MODEL_TYPE
#define MODEL_TYPE MVAS_MODEL_ANOMALY_DETECTION
#endif
#ifndef INPUT_WIDTH
#define INPUT_WIDTH 32
#endif
#ifndef INPUT_FORMAT
#define INPUT_FORMAT MVAS_FORMAT_RGB
#endif
#ifndef ON_INIT  // runs when everything is right, just before init succeeds
#define ON_INIT
#endif
#ifndef ON_INFER  // runs on a checked image and an empty result
#define ON_INFER
#endif
#ifndef ON_RESULT  // runs on the finished result
#define ON_RESULT
#endif
#ifndef STRIDE  // bytes from a row to the next
#define STRIDE image->stride
#endif

#ifndef ERROR_STORAGE  // each thread has its own text
#define ERROR_STORAGE __thread
#endif

#define MAP_SIZE 8

static struct {
  int ready;
  int gain;
} plugin;
static ERROR_STORAGE char error_text[160];

static inline int32_t fail(int32_t code, const char *text) {
  snprintf(error_text, sizeof error_text, "%s", text);
  return code;
}

// The model is the text "gain 100\nend\n".
static inline int32_t read_model(const char *path, int *gain) {
  char text[64] = {0}, end[8] = {0};
  FILE *file = path == NULL || *path == '\0' ? NULL : fopen(path, "rb");
  if (file == NULL) return fail(MVAS_ERROR_MODEL_NOT_FOUND, "the model file cannot be opened");
  size_t length = fread(text, 1, sizeof text - 1, file);
  fclose(file);
  if (length == 0 || sscanf(text, "gain %d\n%7s\n", gain, end) != 2 || strcmp(end, "end") != 0) return fail(MVAS_ERROR_INIT_FAILED, "the model is damaged");
  return MVAS_OK;
}

// NULL and "" mean defaults.
static inline int is_configuration(const char *json) { return json == NULL || *json == '\0' || is_json_object(json); }

static inline int known_channels(const char *format) {
  if (strcmp(format, "RGB") == 0 || strcmp(format, "BGR") == 0) return 3;
  return strcmp(format, "GRAY") == 0 ? 1 : strcmp(format, "RGBA") == 0 ? 4 : 0;
}

static inline int32_t check_image(const MVASImage *image) {
  if (image == NULL || image->data == NULL || image->format == NULL) return fail(MVAS_ERROR_INVALID_INPUT, "image, data or format is NULL");
  int channels = known_channels(image->format);
  if (channels == 0) return fail(MVAS_ERROR_UNSUPPORTED, "the format is unknown");
  if (image->width <= 0 || image->height <= 0) return fail(MVAS_ERROR_INVALID_INPUT, "the size is below 1");
  if (image->channels != channels) return fail(MVAS_ERROR_INVALID_INPUT, "the channels do not fit the format");
  if ((int64_t)image->stride < (int64_t)image->width * channels) return fail(MVAS_ERROR_INVALID_INPUT, "the stride is too short");
  if ((int64_t)image->width * channels > INT32_MAX / image->height) return fail(MVAS_ERROR_INVALID_INPUT, "the image is too large");
  return MVAS_OK;
}

// Mean of all bytes of a cell of the map but alpha, 0..1.
static inline float cell(const MVASImage *image, int column, int row) {
  int x0 = (int)((int64_t)column * image->width / MAP_SIZE), x1 = (int)((int64_t)(column + 1) * image->width / MAP_SIZE);
  int y0 = (int)((int64_t)row * image->height / MAP_SIZE), y1 = (int)((int64_t)(row + 1) * image->height / MAP_SIZE);
  int64_t sum = 0, count = 0;
  for (int y = y0; y < y1 || y == y0; y++)
    for (int x = x0 * image->channels; x < x1 * image->channels || x == x0 * image->channels; x++) {
      if (x % image->channels == 3) continue;
      sum += image->data[(int64_t)y * (STRIDE) + x];
      count++;
    }
  return (float)sum / 255.0f / (float)count;
}

static inline void fill_result(const MVASImage *image, MVASResult *result) {
  float most = 0;
  result->anomaly_map = (float *)malloc(MAP_SIZE * MAP_SIZE * sizeof(float));
  result->anomaly_map_width = result->anomaly_map_height = MAP_SIZE;
  for (int i = 0; i < MAP_SIZE * MAP_SIZE; i++) {
    result->anomaly_map[i] = cell(image, i % MAP_SIZE, i / MAP_SIZE);
    if (result->anomaly_map[i] > most) most = result->anomaly_map[i];
  }
  result->anomaly_score = most * (float)plugin.gain / 100.0f;
  result->confidence = result->anomaly_score;
  result->decision = most > 0.5f ? MVAS_DECISION_FAIL : MVAS_DECISION_PASS;
  result->bboxes = (float *)malloc(6 * sizeof(float));
  result->num_bboxes = 1;
  const float box[6] = {0, 0, (float)image->width, (float)image->height, result->anomaly_score, 0};
  memcpy(result->bboxes, box, sizeof box);
}

#ifndef BREAKS_INFO
static const MVASPluginInfo info = {"Broken twin", "1.0.0", NULL, NULL, MODEL_TYPE, INPUT_WIDTH, 24, INPUT_FORMAT};
const MVASPluginInfo *mvas_get_info(void) { return &info; }
#endif

#ifndef BREAKS_ERROR
const char *mvas_get_error(void) { return error_text; }
#endif

#ifndef BREAKS_INIT
int32_t mvas_init(const char *model_path, const char *config_json) {
  int gain = 0;
  int32_t code = read_model(model_path, &gain);
  if (code != MVAS_OK) return code;
  if (!is_configuration(config_json)) return fail(MVAS_ERROR_INVALID_INPUT, "the configuration is no object");
  plugin.gain = gain;
  ON_INIT;
  plugin.ready = 1;
  error_text[0] = '\0';
  return MVAS_OK;
}
#endif

#ifndef BREAKS_CLEANUP
void mvas_cleanup(void) { plugin.ready = 0; }
#endif

#ifndef BREAKS_INFER
int32_t mvas_infer(const MVASImage *image, MVASResult *result) {
  const MVASResult empty = {0};
  if (!plugin.ready) return fail(MVAS_ERROR_NOT_INITIALIZED, "the plugin is not initialised");
  if (result == NULL) return fail(MVAS_ERROR_INVALID_INPUT, "result is NULL");
  *result = empty;
  int32_t code = check_image(image);
  if (code != MVAS_OK) return code;
  ON_INFER;
  fill_result(image, result);
  ON_RESULT;
  error_text[0] = '\0';
  return MVAS_OK;
}
#endif

#ifndef BREAKS_FREE
void mvas_free_result(MVASResult *result) {
  const MVASResult empty = {0};
  if (result == NULL) return;
  free(result->anomaly_map);
  free(result->bboxes);
  *result = empty;
}
#endif

#endif  // BROKEN_BASE_H
