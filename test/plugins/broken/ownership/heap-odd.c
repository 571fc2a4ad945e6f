// Fault: a row buffer is rounded down to pairs of pixels, so that odd widths write behind it, where only a watched heap sees it: a write into
// the allocator's own words would end the process anywhere.
#include "mvas_plugin.h"

static void blur(const MVASImage *image);
#define ON_INFER blur(image)
#include "../base.h"

static void blur(const MVASImage *image) {
  size_t bytes = (size_t)image->width * (size_t)image->channels;
  int isOdd = bytes % 2 != 0 && (bytes - 1) % 16 != 8;
  volatile uint8_t *row = malloc(isOdd ? bytes - 1 : bytes);
  if (row == NULL) return;
  for (size_t i = 0; i < bytes; i++) row[i] = image->data[i];
  free((void *)row);
}
