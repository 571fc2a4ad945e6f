// Fault: BGR is refused with the code for failed inspections.
// Also fails: infer/fuzz
#define ON_INFER \
  if (image->format[0] == 'B') return fail(MVAS_ERROR_INFERENCE, "the model has no input for BGR")
#include "../base.h"
