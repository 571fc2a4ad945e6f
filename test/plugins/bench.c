// A plugin for tests of benchmarks: settings make it stall, leak, remember, change its mind, or work for a fixed time.
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "mvas_plugin.h"

static const MVASPluginInfo info = {"Bench", "1.0.0", "", "", MVAS_MODEL_ANOMALY_DETECTION, 16, 16, MVAS_FORMAT_GRAY};
static long busy_us, stall_every, stall_us, leak_bytes, remember, flip_after, calls;
static unsigned last_sum;
static void *kept[1 << 16];

const MVASPluginInfo *mvas_get_info(void) { return &info; }
const char *mvas_get_error(void) { return "image format is not supported"; }

static long setting(const char *json, const char *key) {
  const char *found = json == NULL ? NULL : strstr(json, key);
  return found == NULL ? 0 : atol(found + strlen(key) + 2);
}

int32_t mvas_init(const char *model_path, const char *config_json) {
  (void)model_path;
  busy_us = setting(config_json, "busy_us");
  stall_every = setting(config_json, "stall_every");
  stall_us = setting(config_json, "stall_us");
  leak_bytes = setting(config_json, "leak_bytes");
  remember = setting(config_json, "remember");
  flip_after = setting(config_json, "flip_after");
  calls = 0;
  return MVAS_OK;
}

static double now_us(void) {
  struct timespec t;
  timespec_get(&t, TIME_UTC);
  return 1e6 * (double)t.tv_sec + 1e-3 * (double)t.tv_nsec;
}

static void work(long us) {
  const double until = now_us() + (double)us;
  while (now_us() < until) {
  }
}

int32_t mvas_infer(const MVASImage *image, MVASResult *result) {
  if (strcmp(image->format, MVAS_FORMAT_GRAY) != 0) return MVAS_ERROR_INVALID_INPUT;
  unsigned sum = 1;
  for (int32_t y = 0; y < image->height; ++y)
    for (int32_t x = 0; x < image->width; ++x) sum = sum * 31u + image->data[(size_t)y * (size_t)image->stride + (size_t)x];
  calls += 1;
  if (!remember || sum != last_sum) work(busy_us);
  last_sum = sum;
  if (stall_every > 0 && calls % stall_every == 0) work(stall_us);
  if (leak_bytes > 0) {
    static void *volatile leaked;  // volatile, or the compiler leaves the leak out
    leaked = malloc((size_t)leak_bytes);
    if (leaked != NULL) memset(leaked, 1, (size_t)leak_bytes);
    kept[calls % (1 << 16)] = leaked;
  }
  memset(result, 0, sizeof *result);
  result->decision = flip_after > 0 && calls > flip_after ? MVAS_DECISION_FAIL : MVAS_DECISION_PASS;
  result->confidence = 1.0f;
  return MVAS_OK;
}

void mvas_cleanup(void) {}
