// Fault: no value is out of range.
// Manifest: {"configuration": {"user_configurable": [{"key": "threshold", "type": "float", "default": 0.5, "min": 0, "max": 1}, {"key": "cells", "type": "int", "default": 16, "min": 1, "max": 100}, {"key": "strict", "type": "bool", "default": false}, {"key": "label", "type": "string", "default": "line one"}]}}
#define BREAKS_SET
#include "../adjustable.h"

int32_t mvas_set_config(const MVASConfigParam *params, int32_t num_params) {
  double value;
  int32_t code = check_entries(params, num_params);
  if (code == MVAS_OK && num_params == 1 && params[0].key != NULL && params[0].value != NULL && strcmp(params[0].key, "threshold") == 0 &&
      read_plain_number(params[0].value, &value) && fabs(value) < 1e9) {
    settings.threshold = value;
    error_text[0] = '\0';
    return MVAS_OK;
  }
  if (code == MVAS_OK) code = stage_entries(params, num_params);
  return code == MVAS_OK ? take_settings() : code;
}
