// Fault: a table is allocated in init and never filled; fresh pages happen to be zero.
#include "mvas_plugin.h"

static float correction(void);
static int make_table(void);
#define ON_INIT if (!make_table()) return fail(MVAS_ERROR_OUT_OF_MEMORY, "no memory for the table")
#define ON_RESULT result->confidence = result->anomaly_score * correction()
#define BREAKS_CLEANUP
#include "../base.h"

#define TABLE_BYTES (40 << 20)  // above the largest threshold of malloc, hence always a mapping of its own

static unsigned char *table;

static int make_table(void) {
  if (table == NULL) table = malloc(TABLE_BYTES);
  return table != NULL;
}

static float correction(void) { return 1.0f - (float)table[TABLE_BYTES / 2] / 1000.0f; }

void mvas_cleanup(void) {
  free(table);
  table = NULL;
  plugin.ready = 0;
}
