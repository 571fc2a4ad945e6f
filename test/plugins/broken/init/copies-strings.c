// Fault: the path of the model is kept as a pointer, and read at the first inspection.
static const char *kept;
#define ON_INIT kept = model_path
#define ON_INFER \
  if (*kept == '\0') return fail(MVAS_ERROR_INFERENCE, "no model")
#include "../base.h"
