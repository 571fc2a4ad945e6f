// Fault: the whole last row is copied, padding included.
// Also fails: infer/fuzz
#define ON_INFER                                               \
  size_t size = (size_t)image->height * (size_t)image->stride; \
  void *copy = malloc(size);                                   \
  if (copy == NULL) return fail(MVAS_ERROR_OUT_OF_MEMORY, "no memory for the copy"); \
  memcpy(copy, image->data, size);                             \
  free(copy)
#include "../base.h"
