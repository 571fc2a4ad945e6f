// Fault: a text that is no number is read as 0.
#include "../../good/brightness_model.h"

static int read_leniently(const char *text, double *value) {
  if (!read_plain_number(text, value)) *value = 0;
  return 1;
}
#define READ_NUMBER read_leniently
#include "../adjustable.h"
