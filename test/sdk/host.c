// A host in a few lines: loads a plugin, starts it on a model, inspects a grey picture; prints codes, error, decision, score.
#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

#include "mvas_plugin.h"

int main(int count, char **arguments) {
  static uint8_t pixels[20 * 10 * 3];
  MVASImage image = {pixels, 20, 10, 3, 60, MVAS_FORMAT_RGB};
  MVASResult result = {0};
  void *plugin = count == 3 ? dlopen(arguments[1], RTLD_NOW | RTLD_LOCAL) : NULL;
  if (plugin == NULL) {
    fprintf(stderr, "%s\n", dlerror());
    return 2;
  }
  mvas_init_fn *init = (mvas_init_fn *)dlsym(plugin, "mvas_init");
  mvas_infer_fn *infer = (mvas_infer_fn *)dlsym(plugin, "mvas_infer");
  mvas_get_error_fn *get_error = (mvas_get_error_fn *)dlsym(plugin, "mvas_get_error");
  mvas_cleanup_fn *cleanup = (mvas_cleanup_fn *)dlsym(plugin, "mvas_cleanup");
  mvas_free_result_fn *free_result = (mvas_free_result_fn *)dlsym(plugin, "mvas_free_result");
  memset(pixels, 200, sizeof pixels);
  int code = init(arguments[2], "{}");
  printf("%d\n", code);
  if (code == MVAS_OK) code = infer(&image, &result);
  printf("%d\n%s\n%s\n%.6g\n", code, get_error(), result.decision == NULL ? "" : result.decision, (double)result.anomaly_score);
  free_result(&result);
  cleanup();
  dlclose(plugin);
  return 0;
}
