// Fault: boxes are as large as the model, not as the image.
// Also fails: infer/fuzz, result/boxes
#define ON_RESULT \
  if (image->width < 8) result->bboxes[2] = 8
#include "../base.h"
