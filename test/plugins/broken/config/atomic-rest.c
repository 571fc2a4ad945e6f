// Fault: what follows a number is not looked at.
#include "../../good/brightness_model.h"

static int read_beginning(const char *text, double *value) {
  JsonScan scan = {text, NULL, MVAS_OK};
  return json_number(&scan, value);
}
#define READ_NUMBER read_beginning
#include "../adjustable.h"
