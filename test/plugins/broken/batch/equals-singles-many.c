// Fault: a batch has room for four images, and the others get the result of the last.
#define BATCH_IMAGE \
  &images[i < 4 ? i : 3]
#include "../batch.h"
