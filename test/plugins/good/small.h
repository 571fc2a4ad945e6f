// What the small correct plugins share: the error text, the look at arguments, and the brightness of a pixel.
#ifndef SMALL_H
#define SMALL_H

#include <limits.h>
#include <stdarg.h>
#include <stdlib.h>

#include "brightness_model.h"

static _Thread_local char error_text[256];
static BrightnessModel small_model;
static int small_ready;

static inline int32_t fail(int32_t code, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(error_text, sizeof error_text, format, arguments);
  va_end(arguments);
  return code;
}

static inline int32_t succeed(void) {
  error_text[0] = '\0';
  return MVAS_OK;
}

// These plugins have no settings: every key is unknown, and unknown keys are ignored.
static inline int32_t no_setting(const char *key, double value) {
  (void)key, (void)value;
  return MVAS_OK;
}

static inline int32_t small_init(const char *model_path, const char *config_json) {
  BrightnessModel model;
  int32_t code = read_brightness_model(model_path, &model);
  if (code != MVAS_OK) return fail(code, "the model %.200s cannot be loaded", model_path == NULL ? "(NULL)" : model_path);
  if (read_json_numbers(config_json, no_setting) != MVAS_OK) return fail(MVAS_ERROR_INVALID_INPUT, "the configuration is not a JSON object");
  small_model = model;
  small_ready = 1;
  return succeed();
}

static inline int channels_of(const char *format) {
  if (strcmp(format, MVAS_FORMAT_RGB) == 0 || strcmp(format, MVAS_FORMAT_BGR) == 0) return 3;
  if (strcmp(format, MVAS_FORMAT_GRAY) == 0) return 1;
  return strcmp(format, MVAS_FORMAT_RGBA) == 0 ? 4 : 0;
}

// Takes images of one number of channels, under whatever name the host gives them.
static inline int32_t small_check(const MVASImage *image, const MVASResult *result, int channels) {
  if (!small_ready) return fail(MVAS_ERROR_NOT_INITIALIZED, "mvas_init has not succeeded yet");
  if (image == NULL || result == NULL || image->data == NULL || image->format == NULL)
    return fail(MVAS_ERROR_INVALID_INPUT, "image, data, format or result is NULL");
  if (image->width <= 0 || image->height <= 0) return fail(MVAS_ERROR_INVALID_INPUT, "an image of %d x %d", (int)image->width, (int)image->height);
  int own = channels_of(image->format), as_field_host = strcmp(image->format, MVAS_FORMAT_RGB) == 0 && image->channels == channels;
  if (own == 0) return fail(MVAS_ERROR_INVALID_INPUT, "the format %.40s is unknown", image->format);
  if (own != image->channels && !as_field_host) return fail(MVAS_ERROR_INVALID_INPUT, "%.4s with %d channels", image->format, (int)image->channels);
  if (image->stride < (int64_t)image->width * image->channels) return fail(MVAS_ERROR_INVALID_INPUT, "the stride %d is too short", (int)image->stride);
  if ((int64_t)image->width * image->channels > INT32_MAX / image->height) return fail(MVAS_ERROR_INVALID_INPUT, "the image is too large");
  if (image->channels != channels) return fail(MVAS_ERROR_UNSUPPORTED, "%.4s is not taken", image->format);
  return MVAS_OK;
}

// Luminance after the model's gain and offset, 0..1.
static inline float brightness(const MVASImage *image, int x, int y) {
  const uint8_t *pixel = image->data + (size_t)y * (size_t)image->stride + (size_t)x * (size_t)image->channels;
  int bgr = image->format[0] == 'B';
  int grey = image->channels == 1 ? pixel[0] : (4899 * pixel[bgr ? 2 : 0] + 9617 * pixel[1] + 1868 * pixel[bgr ? 0 : 2] + 8192) >> 14;
  grey = grey * small_model.gain / 256 + small_model.offset;
  return (float)(grey < 0 ? 0 : grey > 255 ? 255 : grey) / 255.0f;
}

static inline float mean_brightness(const MVASImage *image) {
  double sum = 0;
  for (int y = 0; y < image->height; y++)
    for (int x = 0; x < image->width; x++) sum += brightness(image, x, y);
  return (float)(sum / image->width / image->height);
}

static inline const char *decide(float score) {
  return score > 0.6f ? MVAS_DECISION_FAIL : score > 0.4f ? MVAS_DECISION_REVIEW : MVAS_DECISION_PASS;
}

static inline void score(MVASResult *result, float value) {
  const MVASResult empty = {0};
  *result = empty;
  result->anomaly_score = value;
  result->confidence = value > 0.5f ? value : 1 - value;
  result->decision = decide(value);
}

#endif
