// Fault: a second mvas_init ends the process.
// Also fails: lifecycle/two-plugins, resources/heap, robustness/exits
#define ON_INIT \
  if (plugin.ready) abort()
#include "../base.h"
