// Fault: pixels are read eight bytes at a time, to the end and beyond.
// Also fails: infer/fuzz
#define ON_INFER                                                                                       \
  size_t size = (size_t)(image->height - 1) * (size_t)image->stride + (size_t)(image->width * image->channels); \
  volatile const unsigned char *end = image->data + size;                                              \
  for (int i = 0; i < 8; i++) (void)end[i - 1]
#include "../base.h"
