// Fault: each result of a batch is that of its first image.
#define BATCH_IMAGE \
  (check_image(&images[i]) == MVAS_OK ? &images[0] : &images[i])
#include "../batch.h"
