// A plugin that tells on which thread it is called; the configuration says what its mvas_infer does there.
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "mvas_plugin.h"

static const MVASPluginInfo info = {"Threads", "1.0.0", NULL, NULL, MVAS_MODEL_CLASSIFICATION, 4, 3, MVAS_FORMAT_RGB};
static char what[32];
static atomic_int inside, most;
static _Thread_local char error_text[32];
static _Thread_local int calls;

const MVASPluginInfo *mvas_get_info(void) { return &info; }

int32_t mvas_init(const char *model_path, const char *config_json) {
  (void)model_path;
  strncpy(what, config_json, sizeof what - 1);
  return MVAS_OK;
}

// Returns the number of the call on its thread, below 0, so that a thread that is used again can be told from a new one.
int32_t mvas_infer(const MVASImage *image, MVASResult *result) {
  (void)image;
  if (strcmp(what, "crash") == 0) *(volatile int *)(uintptr_t)calls = 1;
  if (strcmp(what, "exit") == 0) exit(0);
  if (strcmp(what, "keep") == 0 && malloc(24) == NULL) return MVAS_ERROR_OUT_OF_MEMORY;
  if (strcmp(what, "free") == 0) free(malloc(100000));
  if (strcmp(what, "meet") == 0) {
    for (int now = ++inside, seen = most; now > seen && !atomic_compare_exchange_weak(&most, &seen, now);) continue;
    while (most < result->num_bboxes) sched_yield();  // comes back only when that many threads are in here at once
    --inside;
  }
  while (strcmp(what, "hang") == 0) sched_yield();
  strcpy(error_text, "a");
  error_text[0] = (char)('a' + calls);
  return -1 - calls++;
}

void mvas_cleanup(void) {}
const char *mvas_get_error(void) { return error_text; }
