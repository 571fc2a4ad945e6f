// Fault: only the thread of mvas_init may inspect.
static __thread int is_home;
#define ON_INIT is_home = 1
#define ON_INFER if (!is_home) return fail(MVAS_ERROR_INFERENCE, "the context is not current on this thread")
#include "../base.h"
