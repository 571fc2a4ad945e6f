// Fault: the results of a batch come in the wrong order.
#define ON_BATCHED \
  for (int32_t i = 0; i < num_images / 2; i++) { \
    MVASResult other = results[i]; \
    results[i] = results[num_images - 1 - i]; \
    results[num_images - 1 - i] = other; \
  }
#include "../batch.h"
