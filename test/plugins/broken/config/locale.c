// Fault: values are read with strtod, which follows the locale.
#include <stdlib.h>

static int read_by_locale(const char *text, double *value) {
  char *end;
  *value = strtod(text, &end);
  return end != text && *end == '\0' && *value == *value;
}
#define READ_NUMBER read_by_locale
#include "../adjustable.h"
