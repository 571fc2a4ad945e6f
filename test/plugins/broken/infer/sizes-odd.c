// Fault: larger images of odd width are refused as a failure of the model.
#define ON_INFER \
  if (image->width % 2 != 0 && image->width > 100) return fail(MVAS_ERROR_INFERENCE, "the width is odd")
#include "../base.h"
