// Times mvas_infer and mvas_free_result of two libraries in turns; prints the medians in nanoseconds as JSON.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "mvas_plugin.h"

#define ROUNDS 201
#define CALLS 20000

typedef struct {
  mvas_infer_fn *infer;
  mvas_free_result_fn *free_result;
  double ns[ROUNDS];
} Library;

static Library open_library(const char *path) {
  Library library = {0};
  void *handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  if (handle == NULL) {
    fprintf(stderr, "%s\n", dlerror());
    exit(2);
  }
  mvas_init_fn *init = (mvas_init_fn *)dlsym(handle, "mvas_init");
  library.infer = (mvas_infer_fn *)dlsym(handle, "mvas_infer");
  library.free_result = (mvas_free_result_fn *)dlsym(handle, "mvas_free_result");
  if (init(NULL, "{}") != MVAS_OK) exit(3);
  return library;
}

static double round_ns(const Library *library, const MVASImage *image) {
  struct timespec start, end;
  MVASResult result = {0};
  clock_gettime(CLOCK_MONOTONIC, &start);
  for (int i = 0; i < CALLS; i++) {
    if (library->infer(image, &result) != MVAS_OK) exit(4);
    library->free_result(&result);
  }
  clock_gettime(CLOCK_MONOTONIC, &end);
  return ((double)(end.tv_sec - start.tv_sec) * 1e9 + (double)(end.tv_nsec - start.tv_nsec)) / CALLS;
}

/// The layer reads the clock twice a call, for inference_time_ms.
static double clock_pair_ns(void) {
  struct timespec start, end, read;
  clock_gettime(CLOCK_MONOTONIC, &start);
  for (int i = 0; i < 2 * CALLS; i++) clock_gettime(CLOCK_MONOTONIC, &read);
  clock_gettime(CLOCK_MONOTONIC, &end);
  return ((double)(end.tv_sec - start.tv_sec) * 1e9 + (double)(end.tv_nsec - start.tv_nsec)) / CALLS;
}

static int ascending(const void *a, const void *b) { return (*(const double *)a > *(const double *)b) - (*(const double *)a < *(const double *)b); }

int main(int count, char **arguments) {
  static uint8_t pixels[64 * 64 * 3];
  const MVASImage image = {pixels, 64, 64, 3, 64 * 3, MVAS_FORMAT_RGB};
  static double clock_pair[ROUNDS];
  if (count != 3) return 2;
  Library bare = open_library(arguments[1]), layer = open_library(arguments[2]);
  for (int i = 0; i < ROUNDS; i++) {
    bare.ns[i] = round_ns(&bare, &image);
    layer.ns[i] = round_ns(&layer, &image);
    clock_pair[i] = clock_pair_ns();
  }
  qsort(bare.ns, ROUNDS, sizeof(double), ascending);
  qsort(layer.ns, ROUNDS, sizeof(double), ascending);
  qsort(clock_pair, ROUNDS, sizeof(double), ascending);
  printf("{\"bare\": %.1f, \"layer\": %.1f, \"clockPair\": %.1f}\n", bare.ns[ROUNDS / 2], layer.ns[ROUNDS / 2], clock_pair[ROUNDS / 2]);
  return 0;
}
