// Fault: a file of the system is held open while the plugin is ready.
static void open_journal(void);
static void close_journal(void);
#define ON_INIT open_journal()
#define BREAKS_CLEANUP
#include "../base.h"

static FILE *journal;

static void open_journal(void) {
  if (journal == NULL) journal = fopen("/etc/passwd", "r");
}

static void close_journal(void) {
  if (journal != NULL) fclose(journal);
  journal = NULL;
}

void mvas_cleanup(void) {
  close_journal();
  plugin.ready = 0;
}
