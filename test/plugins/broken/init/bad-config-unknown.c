// Fault: a key that it does not know is an error.
#define ON_INIT \
  if (config_json != NULL && strchr(config_json, ':') != NULL) return fail(MVAS_ERROR_INVALID_INPUT, "unknown key")
#include "../base.h"
