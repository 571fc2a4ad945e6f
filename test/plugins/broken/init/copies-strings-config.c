// Fault: the configuration is kept as a pointer, and read again at every inspection.
static const char *kept;
#define ON_INIT kept = config_json
#define ON_RESULT \
  if (kept != NULL && *kept != '\0' && *kept != '{') result->confidence = 0
#include "../base.h"
