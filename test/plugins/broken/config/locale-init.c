// Fault: the configuration of mvas_init is read with atof, which follows the locale.
#include <stdlib.h>
#include <string.h>

#define ON_SETTINGS staged = defaults, again = config_json == NULL ? NULL : strstr(config_json, "\"threshold\":")
#define ON_INIT \
  const char *again = NULL; \
  code = adjust(config_json); \
  if (code != MVAS_OK) return code; \
  again = config_json == NULL ? NULL : strstr(config_json, "\"threshold\":"); \
  if (again != NULL) settings.threshold = atof(again + 12)
#undef ON_SETTINGS
#include "../adjustable.h"
