// Fault: all images of a batch are taken to have the size of the first.
#define ON_BATCHED \
  for (int32_t i = 1; i < num_images; i++) { \
    results[i].bboxes[2] = results[0].bboxes[2]; \
    results[i].bboxes[3] = results[0].bboxes[3]; \
  }
#include "../batch.h"
