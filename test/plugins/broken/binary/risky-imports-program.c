// Fault: it may start another program.
#define ON_INIT \
  if (gain == 4711 && system("nvidia-smi") != 0) return fail(MVAS_ERROR_INIT_FAILED, "no device")
#include "../base.h"
