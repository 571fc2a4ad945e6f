// A host in C that times mvas_infer one call at a time: prints every time in milliseconds, as JSON.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "mvas_plugin.h"

static double now_ms(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return 1e3 * (double)t.tv_sec + 1e-6 * (double)t.tv_nsec;
}

int main(int argc, char **argv) {
  if (argc < 4) return 2;
  int count = atoi(argv[3]);
  void *library = dlopen(argv[1], RTLD_NOW | RTLD_LOCAL);
  if (library == NULL) return 1;
  mvas_init_fn *init;
  mvas_infer_fn *infer;
  *(void **)&init = dlsym(library, "mvas_init");
  *(void **)&infer = dlsym(library, "mvas_infer");
  uint8_t *pixels = calloc(64, 64);
  MVASImage image = {pixels, 64, 64, 1, 64, MVAS_FORMAT_GRAY};
  MVASResult result;
  init("", argv[2]);
  for (int i = 0; i < 10; ++i) infer(&image, &result);
  for (int i = 0; i < count; ++i) {
    double start = now_ms();
    infer(&image, &result);
    printf("%s%.6f", i == 0 ? "[" : ",", now_ms() - start);
  }
  printf("]\n");
  return 0;
}
