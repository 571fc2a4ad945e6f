// A plugin that ends the process with exit code 0 in the function named at compile time.
#include <stdlib.h>

static void leave(const char *function);
#define BREAKS_INFO
#define BREAKS_ERROR
#define BREAKS_CLEANUP
#define BREAKS_FREE
#define ON_INIT leave("mvas_init")
#define ON_INFER leave("mvas_infer")
#include "../broken/base.h"

static void leave(const char *function) {
  if (strcmp(function, EXIT_IN) == 0) exit(0);
}

static const MVASPluginInfo info = {"Leaver", "1.0.0", NULL, NULL, MODEL_TYPE, INPUT_WIDTH, 24, INPUT_FORMAT};

const MVASPluginInfo *mvas_get_info(void) {
  leave("mvas_get_info");
  return &info;
}

const char *mvas_get_error(void) {
  leave("mvas_get_error");
  return error_text;
}

void mvas_cleanup(void) {
  leave("mvas_cleanup");
  plugin.ready = 0;
}

void mvas_free_result(MVASResult *result) {
  const MVASResult empty = {0};
  leave("mvas_free_result");
  if (result == NULL) return;
  free(result->anomaly_map);
  free(result->bboxes);
  *result = empty;
}

__attribute__((constructor)) static void at_load(void) { leave("load"); }
