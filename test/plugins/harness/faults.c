// Does what its configuration names: a good inspection, or one fault of the kind that takes a host process down.
#define _GNU_SOURCE
#include <fenv.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "mvas_plugin.h"

static char config[256];
static char error[256];
static char *dangling;
static int ready;

#ifdef CRASH_IN_CONSTRUCTOR
__attribute__((constructor)) static void on_load(void) { abort(); }
#endif
#ifdef HANG_IN_CONSTRUCTOR
__attribute__((constructor)) static void on_load(void) { for (;;) pause(); }
#endif

static int is(const char *word) { return strstr(config, word) != NULL; }

static int32_t fail(int32_t code, const char *text) {
  snprintf(error, sizeof error, "%s", text);
  return code;
}

static void crash(void) { *(volatile int *)dangling = 1; }

static void *crash_later(void *unused) {
  (void)unused;
  usleep(20000);
  crash();
  return NULL;
}

static int deep(int levels) {
  volatile char page[4096];
  page[0] = (char)levels;
  return levels == 0 ? page[0] : deep(levels - 1) + page[0];
}

static void misbehave(void) {
  pthread_t thread;
  if (is("crash-now")) crash();
  if (is("hang")) for (;;) pause();
  if (is("exit-zero")) exit(0);
  if (is("abort")) {
    fputs("terminate called: the lens is dirty\n", stderr);
    abort();
  }
  if (is("crash-later")) pthread_create(&thread, NULL, crash_later, NULL);
  if (is("flood"))
    for (int i = 0; i < 100 * 1024; ++i) {
      static char kilobyte[1024];
      memset(kilobyte, 'x', sizeof kilobyte);
      if (write(1, kilobyte, sizeof kilobyte) < 0) break;
    }
  if (is("descendants")) {
    signal(SIGTERM, SIG_IGN);
    pid_t same_group = fork();
    if (same_group != 0 && fork() == 0) {
      setsid();
      same_group = -1;
    }
    if (same_group <= 0) {
      printf("descendant %d\n", getpid());
      fflush(stdout);
    }
    for (;;) pause();
  }
  if (is("overflow")) {
    volatile size_t size = 23; // rounded up by the allocator: silent unless somebody watches
    char *block = malloc(size);
    block[size] = 1;
    dangling = block;
    free(block);
    dangling = NULL;
  }
  if (is("rounding")) fesetround(FE_UPWARD);
  if (is("deep-stack")) deep(6 * 256);
}

MVAS_EXPORT const MVASPluginInfo *mvas_get_info(void) {
  static const MVASPluginInfo info = {"Faults", "1.0.0", NULL, NULL, "anomaly_detection", 64, 48, NULL};
  return &info;
}

MVAS_EXPORT int32_t mvas_init(const char *model_path, const char *config_json) {
  (void)model_path;
  snprintf(config, sizeof config, "%s", config_json == NULL ? "" : config_json);
  error[0] = '\0';
  if (is("init-fails")) return fail(MVAS_ERROR_INIT_FAILED, "the model is of another kind");
  ready = 1;
  return MVAS_OK;
}

MVAS_EXPORT int32_t mvas_infer(const MVASImage *image, MVASResult *result) {
  static float map[6] = {0, 0.25f, 0.5f, 0.75f, 1, 0.125f};
  static float boxes[12] = {1, 2, 3, 4, 0.5f, 0, 5, 6, 7, 8, 0.25f, 3};
  static uint8_t picture[6] = {1, 2, 3, 4, 5, 6};
  static char details[64];
  if (!ready) return fail(MVAS_ERROR_NOT_INITIALIZED, "Plugin not initialized");
  misbehave();
  if (is("silent-failure")) return fail(MVAS_ERROR_INFERENCE, "");
  if (is("failure")) return fail(MVAS_ERROR_INFERENCE, "the lamp is off");
  error[0] = '\0';
  unsigned long sum = 0;
  for (int32_t y = 0; y < image->height; ++y)
    for (int32_t x = 0; x < image->width * image->channels; ++x) sum = sum * 31 + image->data[(size_t)y * image->stride + x];
  if (is("writes-frame")) image->data[0] = 255;
  snprintf(details, sizeof details, "{\"sum\": \"%lx\", \"format\": \"%s\"}", sum, image->format);
  if (is("bare")) {
    memset(result, 0, sizeof *result);
    return MVAS_OK;
  }
  result->decision = MVAS_DECISION_REVIEW;
  result->confidence = 0.5f;
  result->anomaly_score = 0.25f;
  result->inference_time_ms = 1.5f;
  result->anomaly_map = is("wild-map") ? (float *)8 : map;
  result->anomaly_map_width = is("huge-map") ? 1 << 30 : 3;
  result->anomaly_map_height = 2;
  result->bboxes = boxes;
  result->num_bboxes = 2;
  result->visualization = picture;
  result->viz_width = 2;
  result->viz_height = 1;
  result->details_json = details;
  return MVAS_OK;
}

MVAS_EXPORT void mvas_cleanup(void) {
  if (is("cleanup-crashes")) crash();
  ready = 0;
}

MVAS_EXPORT const char *mvas_get_error(void) { return error; }

#ifdef WITH_OPTIONAL
MVAS_EXPORT int32_t mvas_infer_batch(const MVASImage *images, int32_t count, MVASResult *results) {
  static char details[8][64];
  for (int32_t i = 0; i < count; ++i) {
    int32_t code = mvas_infer(images + i, results + i);
    if (code != MVAS_OK) return code;
    results[i].details_json = strcpy(details[i % 8], results[i].details_json);
  }
  return MVAS_OK;
}

MVAS_EXPORT int32_t mvas_set_config(const MVASConfigParam *params, int32_t count) {
  if (count > 0 && strcmp(params[0].key, "unknown") == 0) return fail(MVAS_ERROR_UNSUPPORTED, "unknown key unknown");
  config[0] = '\0';
  for (int32_t i = 0; i < count; ++i) {
    strncat(config, params[i].key, 60);
    strncat(config, "=", 2);
    strncat(config, params[i].value, 60);
    strncat(config, ";", 2);
  }
  return MVAS_OK;
}

MVAS_EXPORT const char *mvas_get_config(void) { return config; }

MVAS_EXPORT int32_t mvas_warmup(int32_t iterations) { return iterations < 0 ? fail(MVAS_ERROR_INVALID_INPUT, "negative") : MVAS_OK; }
#endif
