// A correct plugin in plain C: the brightness of an image decides; a map, a box, a picture and details come with it.
#include <limits.h>
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <time.h>

#include "brightness_model.h"

#define CELLS 16

static const MVASPluginInfo info = {
    "Plain C brightness", "1.0.0", "MVAS plugin kit", "Compares the brightness of an image with a threshold",
    MVAS_MODEL_ANOMALY_DETECTION, 64, 48, MVAS_FORMAT_RGB};

static struct {
  int ready;
  BrightnessModel model;
  int threshold;  // 1/1000000
} plugin = {0, {0, 0}, 500000};
static int wanted_threshold;
static char config_text[64];
static _Thread_local char error_text[256];

static int32_t fail(int32_t code, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(error_text, sizeof error_text, format, arguments);
  va_end(arguments);
  return code;
}

static int32_t succeed(void) {
  error_text[0] = '\0';
  return MVAS_OK;
}

static int32_t want(const char *key, double value) {
  if (strcmp(key, "threshold") != 0) return MVAS_OK;
  if (!(value >= 0 && value <= 1)) return MVAS_ERROR_INVALID_INPUT;
  wanted_threshold = (int)lround(value * 1e6);
  return MVAS_OK;
}

const MVASPluginInfo *mvas_get_info(void) { return &info; }
const char *mvas_get_error(void) { return error_text; }
uint32_t mvas_abi_version(void) { return MVAS_ABI_VERSION_MAJOR << 16 | MVAS_ABI_VERSION_MINOR; }

int32_t mvas_init(const char *model_path, const char *config_json) {
  BrightnessModel model;
  int32_t code = read_brightness_model(model_path, &model);
  if (code != MVAS_OK) return fail(code, "Failed to open model file %.200s", model_path == NULL ? "(NULL)" : model_path);
  wanted_threshold = 500000;
  code = read_json_numbers(config_json, want);
  if (code != MVAS_OK) return fail(code, "configuration is not a JSON object with threshold in 0..1");
  plugin.model = model;
  plugin.threshold = wanted_threshold;
  plugin.ready = 1;
  return succeed();
}

void mvas_cleanup(void) {
  plugin.ready = 0;
  plugin.threshold = 500000;
}

static int known_channels(const char *format) {
  if (strcmp(format, MVAS_FORMAT_RGB) == 0 || strcmp(format, MVAS_FORMAT_BGR) == 0) return 3;
  if (strcmp(format, MVAS_FORMAT_GRAY) == 0) return 1;
  return strcmp(format, MVAS_FORMAT_RGBA) == 0 ? 4 : 0;
}

static int32_t check_image(const MVASImage *image) {
  int channels;
  if (image == NULL || image->data == NULL || image->format == NULL) return fail(MVAS_ERROR_INVALID_INPUT, "image, data or format is NULL");
  if (image->width <= 0 || image->height <= 0) return fail(MVAS_ERROR_INVALID_INPUT, "image size is %d x %d", (int)image->width, (int)image->height);
  channels = known_channels(image->format);
  if (channels == 0) return fail(MVAS_ERROR_INVALID_INPUT, "image format %.40s is unknown", image->format);
  if (strcmp(image->format, MVAS_FORMAT_RGB) == 0 && (image->channels == 1 || image->channels == 4)) channels = image->channels;
  if (image->channels != channels) return fail(MVAS_ERROR_INVALID_INPUT, "%.4s image with %d channels", image->format, (int)image->channels);
  if (image->stride < (int64_t)image->width * channels) return fail(MVAS_ERROR_INVALID_INPUT, "stride %d is too short", (int)image->stride);
  if ((int64_t)image->width * channels > INT32_MAX / image->height) return fail(MVAS_ERROR_INVALID_INPUT, "image is too large");
  return MVAS_OK;
}

// Luminance after the model's gain and offset, 0..255.
static int brightness(const MVASImage *image, int x, int y) {
  const uint8_t *pixel = image->data + (size_t)y * (size_t)image->stride + (size_t)x * (size_t)image->channels;
  int bgr = image->format[0] == 'B';
  int grey = image->channels == 1 ? pixel[0] : (4899 * pixel[bgr ? 2 : 0] + 9617 * pixel[1] + 1868 * pixel[bgr ? 0 : 2] + 8192) >> 14;
  grey = grey * plugin.model.gain / 256 + plugin.model.offset;
  return grey < 0 ? 0 : grey > 255 ? 255 : grey;
}

static double now_ms(void) {
#ifdef _WIN32
  LARGE_INTEGER ticks, frequency;
  QueryPerformanceFrequency(&frequency);
  QueryPerformanceCounter(&ticks);
  return (double)ticks.QuadPart * 1e3 / (double)frequency.QuadPart;
#else
  struct timespec t;
  timespec_get(&t, TIME_UTC);
  return (double)t.tv_sec * 1e3 + (double)t.tv_nsec * 1e-6;
#endif
}

static int allocate(MVASResult *result) {
  char *details = malloc(64);
  result->details_json = details;
  result->anomaly_map = calloc(CELLS * CELLS, sizeof(float));
  result->bboxes = calloc(6, sizeof(float));
  result->visualization = calloc(CELLS * CELLS, 3);
  result->anomaly_map_width = result->anomaly_map_height = result->viz_width = result->viz_height = CELLS;
  result->num_bboxes = 1;
  if (details && result->anomaly_map && result->bboxes && result->visualization) return 1;
  mvas_free_result(result);
  return 0;
}

static int64_t fill_cells(const MVASImage *image, MVASResult *result) {
  int64_t sum = 0;
  for (int i = 0; i < CELLS * CELLS; i++) {
    int x = (int)((int64_t)(i % CELLS) * image->width / CELLS), y = (int)((int64_t)(i / CELLS) * image->height / CELLS);
    int grey = brightness(image, x, y);
    sum += grey;
    result->anomaly_map[i] = (float)grey / 255.0f;
    memset(result->visualization + 3 * i, grey, 3);
  }
  return sum;
}

int32_t mvas_infer(const MVASImage *image, MVASResult *result) {
  const MVASResult empty = {0};
  double start = now_ms(), time;
  int32_t code;
  if (!plugin.ready) return fail(MVAS_ERROR_NOT_INITIALIZED, "Plugin not initialized");
  if (result == NULL) return fail(MVAS_ERROR_INVALID_INPUT, "result is NULL");
  *result = empty;
  code = check_image(image);
  if (code != MVAS_OK) return code;
  if (!allocate(result)) return fail(MVAS_ERROR_OUT_OF_MEMORY, "no memory for the result");
  int micro = (int)(fill_cells(image, result) * 1000000 / (255 * CELLS * CELLS));
  result->anomaly_score = (float)micro / 1e6f;
  result->decision = micro >= plugin.threshold ? MVAS_DECISION_FAIL : micro >= plugin.threshold * 6LL / 10 ? MVAS_DECISION_REVIEW : MVAS_DECISION_PASS;
  result->confidence = result->decision[0] == 'p' ? 1.0f - result->anomaly_score : result->anomaly_score;
  const float box[6] = {0, 0, (float)image->width, (float)image->height, result->anomaly_score, 0};
  memcpy(result->bboxes, box, sizeof box);
  snprintf((char *)(uintptr_t)result->details_json, 64, "{\"brightness\": %d.%06d}", micro / 1000000, micro % 1000000);
  time = now_ms() - start;
  result->inference_time_ms = time > 0 ? (float)time : 0;
  return succeed();
}

void mvas_free_result(MVASResult *result) {
  const MVASResult empty = {0};
  if (result == NULL) return;
  free(result->anomaly_map);
  free(result->bboxes);
  free(result->visualization);
  free((void *)(uintptr_t)result->details_json);
  *result = empty;
}

int32_t mvas_infer_batch(const MVASImage *images, int32_t num_images, MVASResult *results) {
  if (!plugin.ready) return fail(MVAS_ERROR_NOT_INITIALIZED, "Plugin not initialized");
  if (num_images < 0 || (num_images > 0 && (images == NULL || results == NULL))) return fail(MVAS_ERROR_INVALID_INPUT, "batch of %d images", (int)num_images);
  for (int32_t i = 0; i < num_images; i++) {
    int32_t code = mvas_infer(&images[i], &results[i]);
    if (code == MVAS_OK) continue;
    while (i-- > 0) mvas_free_result(&results[i]);
    return code;
  }
  return succeed();
}

int32_t mvas_set_config(const MVASConfigParam *params, int32_t num_params) {
  if (!plugin.ready) return fail(MVAS_ERROR_NOT_INITIALIZED, "Plugin not initialized");
  if (num_params < 0 || (num_params > 0 && params == NULL)) return fail(MVAS_ERROR_INVALID_INPUT, "%d parameters", (int)num_params);
  wanted_threshold = plugin.threshold;
  for (int32_t i = 0; i < num_params; i++) {
    double value;
    if (params[i].key == NULL || params[i].value == NULL) return fail(MVAS_ERROR_INVALID_INPUT, "parameter %d is NULL", (int)i);
    if (strcmp(params[i].key, "threshold") != 0) return fail(MVAS_ERROR_UNSUPPORTED, "unknown key %.60s", params[i].key);
    if (!read_plain_number(params[i].value, &value) || want("threshold", value) != MVAS_OK)
      return fail(MVAS_ERROR_INVALID_INPUT, "threshold must be a number in 0..1, not %.60s", params[i].value);
  }
  plugin.threshold = wanted_threshold;
  return succeed();
}

const char *mvas_get_config(void) {
  snprintf(config_text, sizeof config_text, "{\"threshold\": %d.%06d}", plugin.threshold / 1000000, plugin.threshold % 1000000);
  return config_text;
}

int32_t mvas_warmup(int32_t iterations) {
  static uint8_t grey[64 * 48 * 3];
  MVASImage image = {grey, 64, 48, 3, 64 * 3, MVAS_FORMAT_RGB};
  if (!plugin.ready) return fail(MVAS_ERROR_NOT_INITIALIZED, "Plugin not initialized");
  if (iterations < 0) return fail(MVAS_ERROR_INVALID_INPUT, "%d iterations", (int)iterations);
  memset(grey, 128, sizeof grey);
  for (int32_t i = 0; i < iterations; i++) {
    MVASResult result;
    int32_t code = mvas_infer(&image, &result);
    if (code != MVAS_OK) return code;
    mvas_free_result(&result);
  }
  return succeed();
}
