// Fault: the settings tell the score of the last inspection.
#define BREAKS_GET
#define BREAKS_CLEANUP
static float last;
#define ON_RESULT last = result->anomaly_score
#include "../adjustable.h"

void mvas_cleanup(void) { last = 0, plugin.ready = 0; }

const char *mvas_get_config(void) {
  static char text[200];
  print_settings(text, sizeof text);
  snprintf(strrchr(text, '}'), 30, ", \"last\": %d}", (int)(last * 1000));
  return text;
}
