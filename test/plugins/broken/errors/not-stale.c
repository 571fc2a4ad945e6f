// Fault: the text of a failure stays after later calls succeed.
#define BREAKS_ERROR
#include "../base.h"

const char *mvas_get_error(void) {
  static __thread char kept[160];
  if (error_text[0] != '\0') memcpy(kept, error_text, sizeof kept);
  return kept;
}
