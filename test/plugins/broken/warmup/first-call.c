// Fault: warming up does not reach the table that the first inspection builds.
#include <time.h>

#include "mvas_plugin.h"

static void build_table(void);
#define ON_INFER build_table()
#include "../base.h"

static void build_table(void) {
  static int is_built;
  if (is_built) return;
  is_built = 1;
  for (clock_t start = clock(); clock() - start < CLOCKS_PER_SEC / 20;) continue;
}

int32_t mvas_warmup(int32_t iterations) {
  if (!plugin.ready) return fail(MVAS_ERROR_NOT_INITIALIZED, "the plugin is not initialised");
  if (iterations < 0) return fail(MVAS_ERROR_INVALID_INPUT, "a negative number of iterations");
  error_text[0] = '\0';
  return MVAS_OK;
}
