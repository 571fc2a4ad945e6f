// Fault: an empty batch is an error.
#define ON_BATCH \
  if (num_images == 0) return fail(MVAS_ERROR_INVALID_INPUT, "there is no image")
#include "../batch.h"
