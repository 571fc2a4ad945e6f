// Fault: boxes of small images are as large as the model, not as the image.
// Also fails: infer/fuzz
#define ON_RESULT \
  if (image->width < 8 && image->height < 64) result->bboxes[2] = 8
#include "../base.h"
