// A host in C that times mvas_infer one call at a time: prints every time in milliseconds, as JSON.
// Arguments: library, model, configuration, count, file of pixels, width, height, channels, format.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "mvas_plugin.h"

static double now_ms(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return 1e3 * (double)t.tv_sec + 1e-6 * (double)t.tv_nsec;
}

int main(int argc, char **argv) {
  if (argc < 10) return 2;
  const int count = atoi(argv[4]), width = atoi(argv[6]), height = atoi(argv[7]), channels = atoi(argv[8]);
  void *library = dlopen(argv[1], RTLD_NOW | RTLD_LOCAL);
  if (library == NULL) return 1;
  mvas_init_fn *init;
  mvas_infer_fn *infer;
  mvas_free_result_fn *free_result;
  *(void **)&init = dlsym(library, "mvas_init");
  *(void **)&infer = dlsym(library, "mvas_infer");
  *(void **)&free_result = dlsym(library, "mvas_free_result");
  const size_t size = (size_t)width * (size_t)height * (size_t)channels;
  uint8_t *pixels = malloc(size);
  FILE *file = fopen(argv[5], "rb");
  if (pixels == NULL || file == NULL || fread(pixels, 1, size, file) != size) return 1;
  MVASImage image = {pixels, width, height, channels, width * channels, argv[9]};
  MVASResult result;
  if (init(argv[2], argv[3]) != MVAS_OK) return 1;
  double *times = malloc(sizeof(double) * (size_t)count);
  for (int i = -10; i < count; ++i) {
    memset(&result, 0, sizeof result);
    const double start = now_ms();
    if (infer(&image, &result) != MVAS_OK) return 1;
    if (i >= 0) times[i] = now_ms() - start;
    if (free_result != NULL) free_result(&result);
  }
  for (int i = 0; i < count; ++i) printf("%s%.6f", i == 0 ? "[" : ",", times[i]);
  printf("]\n");
  return 0;
}
