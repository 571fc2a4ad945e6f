// Fault: a second mvas_init ends the process.
// Also fails: robustness/exits
#define ON_INIT \
  if (plugin.ready) abort()
#include "../base.h"
