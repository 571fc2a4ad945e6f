// Fault: what is left over from four lives changes the results of the fifth.
static int lives, inspected;
#define ON_INIT          \
  lives += inspected;    \
  inspected = 0;         \
  if (lives > 3) plugin.gain -= 10
#define ON_INFER inspected = 1
#include "../base.h"
