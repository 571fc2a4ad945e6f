// Fault: an exception leaves mvas_init when a number in the configuration is too large.
#include <stdexcept>

#define ON_INIT \
  if (config_json != NULL && strstr(config_json, "1e999") != NULL) throw std::out_of_range("threshold")
#include "../base.h"
