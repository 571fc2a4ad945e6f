// Fault: a row buffer is rounded down to pairs of pixels, so that odd widths write behind it.
// Also fails: result/boxes, result/decision, result/details, result/scores, result/visualization
#include "mvas_plugin.h"

static void blur(const MVASImage *image);
#define ON_INFER blur(image)
#include "../base.h"

static void blur(const MVASImage *image) {
  size_t bytes = (size_t)image->width * (size_t)image->channels;
  volatile uint8_t *row = malloc(bytes % 2 == 0 ? bytes : bytes - 1);
  if (row == NULL) return;
  for (size_t i = 0; i < bytes; i++) row[i] = image->data[i];
  free((void *)row);
}
