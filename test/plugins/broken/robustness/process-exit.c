// Fault: a static object that cleanup has already destroyed is destroyed again at the end of the process.
// Also fails: lifecycle/threads-end, lifecycle/two-plugins
static void begin_statistics(void);
#define ON_INIT begin_statistics()
#define BREAKS_CLEANUP
#include "../base.h"

static int *volatile statistics;
static int was_used;

static void begin_statistics(void) {
  if (statistics == NULL) statistics = calloc(16, sizeof *statistics);
  was_used = 1;
}

void mvas_cleanup(void) {
  free(statistics);
  statistics = NULL;
  plugin.ready = 0;
}

__attribute__((destructor)) static void write_statistics(void) {
  if (was_used) statistics[0] += 1;
}
