// Fault: batches are read as if no row were padded.
#define ON_BATCH \
  MVASImage packed[16]; \
  for (int32_t i = 0; i < num_images && i < 16; i++) { \
    packed[i] = images[i]; \
    if (check_image(&images[i]) == MVAS_OK) packed[i].stride = images[i].width * images[i].channels; \
  } \
  if (num_images <= 16) images = packed
#include "../batch.h"
