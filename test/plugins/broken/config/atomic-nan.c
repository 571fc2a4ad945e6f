// Fault: "nan" passes the look at the range.
#include "../../good/brightness_model.h"

static int read_nan_too(const char *text, double *value) {
  if (strcmp(text, "nan") == 0) return *value = NAN, 1;
  return read_plain_number(text, value);
}
#define READ_NUMBER read_nan_too
#define IN_RANGE(value, least, most) (!((value) < (least) || (value) > (most)))
#include "../adjustable.h"
