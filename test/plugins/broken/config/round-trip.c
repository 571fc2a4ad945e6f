// Fault: the threshold is kept with one digit.
// Manifest: {"configuration": {"user_configurable": [{"key": "threshold", "type": "float", "default": 0.5, "min": 0, "max": 1}, {"key": "cells", "type": "int", "default": 16, "min": 1, "max": 100}, {"key": "strict", "type": "bool", "default": false}, {"key": "label", "type": "string", "default": "line one"}]}}
#include "../../good/brightness_model.h"

static int read_tenths(const char *text, double *value) {
  int is_number = read_plain_number(text, value);
  *value = round(*value * 10) / 10;
  return is_number;
}
#define READ_NUMBER read_tenths
#include "../adjustable.h"
