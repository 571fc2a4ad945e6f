// Fault: the working memory is for a megabyte, whatever comes.
// Also fails: robustness/low-memory
#define ON_INFER \
  if ((size_t)image->width * (size_t)image->height * (size_t)image->channels > 1024 * 1024) abort(); /* what lies behind the rows differs from run to run */ \
  static unsigned char rows[1024 * 1024]; \
  for (int y = 0; y < image->height; y++) memcpy(rows + (size_t)y * (size_t)(image->width * image->channels), image->data + (size_t)y * (size_t)image->stride, (size_t)(image->width * image->channels))
#include "../base.h"
