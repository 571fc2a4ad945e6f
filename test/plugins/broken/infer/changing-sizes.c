// Fault: working memory is as wide as the first image: later ones are cut to it.
#define ON_INFER \
  static int widest; \
  MVASImage cut = *image; \
  if (widest == 0) widest = image->width; \
  if (cut.width > widest) cut.width = widest; \
  image = &cut
#include "../base.h"
