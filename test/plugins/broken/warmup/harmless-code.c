// Fault: a negative number of iterations is taken for none.
// Also fails: lifecycle/call-matrix
#include "../base.h"

int32_t mvas_warmup(int32_t iterations) {
  if (!plugin.ready) return fail(MVAS_ERROR_NOT_INITIALIZED, "the plugin is not initialised");
  (void)iterations;
  error_text[0] = '\0';
  return MVAS_OK;
}
