// Fault: the working memory of large images is used without a look at what malloc gave.
#include "mvas_plugin.h"

static void scale(const MVASImage *image);
#define ON_INFER scale(image)
#include "../base.h"

static void scale(const MVASImage *image) {
  size_t pixels = (size_t)image->width * (size_t)image->height;
  volatile float *scaled = malloc(pixels * sizeof(float));
  for (size_t i = 0; i < pixels; i += 64) scaled[i] = 0;
  free((void *)scaled);
}
