// Fault: the whole last row is copied, padding included.
#define ON_INFER                                               \
  size_t size = (size_t)image->height * (size_t)image->stride; \
  void *copy = malloc(size);                                   \
  memcpy(copy, image->data, size);                             \
  free(copy)
#include "../base.h"
