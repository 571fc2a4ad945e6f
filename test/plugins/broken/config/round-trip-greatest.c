// Fault: the greatest allowed value is refused.
// Manifest: {"configuration": {"user_configurable": [{"key": "threshold", "type": "float", "default": 0.5, "min": 0, "max": 1}, {"key": "cells", "type": "int", "default": 16, "min": 1, "max": 100}, {"key": "strict", "type": "bool", "default": false}, {"key": "label", "type": "string", "default": "line one"}]}}
#define IN_RANGE(value, least, most) ((value) >= (least) && (value) < (most))
#include "../adjustable.h"
