// Fault: details are in Latin-1.
#define ON_RESULT \
  result->details_json = "{\"part\": \"Gew\xe4hrleistung\"}"
#include "../base.h"
