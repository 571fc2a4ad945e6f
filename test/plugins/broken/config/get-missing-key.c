// Fault: a key of the manifest is told under another name.
// Manifest: {"configuration": {"user_configurable": [{"key": "threshold", "type": "float", "default": 0.5, "min": 0, "max": 1}, {"key": "cells", "type": "int", "default": 16, "min": 1, "max": 100}, {"key": "strict", "type": "bool", "default": false}, {"key": "label", "type": "string", "default": "line one"}]}}
#define BREAKS_GET
#include "../adjustable.h"

const char *mvas_get_config(void) {
  static char text[160];
  print_settings(text, sizeof text);
  memcpy(strstr(text, "label"), "LABEL", 5);
  return text;
}
