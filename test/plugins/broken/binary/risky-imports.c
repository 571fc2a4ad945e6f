// Fault: under a rare configuration it sets the locale of the process.
#include <locale.h>
#define ON_INIT \
  if (gain == 4711) setlocale(LC_ALL, "")
#include "../base.h"
