// Fault: nothing catches std::bad_alloc.
#include "mvas_plugin.h"

#include <vector>

static void scale(const MVASImage *image);
#define ON_INFER scale(image)
#include "../base.h"

static void scale(const MVASImage *image) {
  std::vector<float> scaled(static_cast<std::size_t>(image->width) * static_cast<std::size_t>(image->height));
  static volatile float kept;
  kept = scaled.back();
}
