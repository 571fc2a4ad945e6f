// A host in C: what a call of a plugin, and a whole result with its map copied, cost at least. Prints JSON, ns.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "mvas_plugin.h"

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return 1e9 * (double)t.tv_sec + (double)t.tv_nsec;
}

static double least(const double *values, int count) {
  double found = values[0];
  for (int i = 1; i < count; ++i)
    if (values[i] < found) found = values[i];
  return found;
}

int main(int argc, char **argv) {
  enum { rounds = 500 };
  if (argc < 3) return 2;
  int calls = atoi(argv[2]);
  void *library = dlopen(argv[1], RTLD_NOW | RTLD_LOCAL);
  if (library == NULL) return 1;
  mvas_init_fn *init;
  mvas_infer_fn *infer;
  mvas_free_result_fn *free_result;
  *(void **)&init = dlsym(library, "mvas_init");
  *(void **)&infer = dlsym(library, "mvas_infer");
  *(void **)&free_result = dlsym(library, "mvas_free_result");
  uint8_t *pixels = calloc(640 * 480, 3);
  float *copy = malloc(1024 * 1024 * sizeof(float));
  MVASImage image = {pixels, 640, 480, 3, 640 * 3, MVAS_FORMAT_RGB};
  MVASResult result;
  double call[rounds], whole[rounds], taken = 0;
  char decision[16];
  init("", "{}");
  for (int round = 0; round < rounds; ++round) {
    double start = now();
    for (int i = 0; i < calls; ++i) infer(&image, &result);
    call[round] = (now() - start) / calls;
    int results = calls / 50 + 1;
    start = now();
    for (int i = 0; i < results; ++i) {
      memset(&result, 0, sizeof result);
      double begin = now();
      infer(&image, &result);
      taken = now() - begin;
      snprintf(decision, sizeof decision, "%s", result.decision);
      size_t count = (size_t)result.anomaly_map_width * (size_t)result.anomaly_map_height;
      if (count > 0) memcpy(copy, result.anomaly_map, count * sizeof(float));
      free_result(&result);
    }
    whole[round] = (now() - start) / results;
  }
  printf("{\"call\": %.1f, \"whole\": %.1f, \"check\": %g}\n", least(call, rounds), least(whole, rounds), copy[0] + taken + decision[0]);
  return 0;
}
