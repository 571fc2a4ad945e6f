// Fault: images in BGR of odd width end as a failure of the model.
#define ON_INFER \
  if (image->format[0] == 'B' && image->width % 2 != 0) return fail(MVAS_ERROR_INFERENCE, "the tensor has the wrong shape")
#include "../base.h"
