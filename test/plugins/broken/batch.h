// A correct mvas_infer_batch on top of the correct plugin; a twin replaces parts of it by the macros below.
#ifndef BROKEN_BATCH_H
#define BROKEN_BATCH_H

#include "base.h"

#ifndef ON_BATCH  // runs when the arguments are right
#define ON_BATCH
#endif
#ifndef ON_BATCHED  // runs when all results are made
#define ON_BATCHED
#endif
#ifndef BATCH_IMAGE  // the image that result i is made of
#define BATCH_IMAGE &images[i]
#endif

#ifndef BREAKS_BATCH
int32_t mvas_infer_batch(const MVASImage *images, int32_t num_images, MVASResult *results) {
  if (!plugin.ready) return fail(MVAS_ERROR_NOT_INITIALIZED, "the plugin is not initialised");
  if (num_images < 0 || (num_images > 0 && (images == NULL || results == NULL))) return fail(MVAS_ERROR_INVALID_INPUT, "the batch is NULL or negative");
  ON_BATCH;
  for (int32_t i = 0; i < num_images; i++) {
    int32_t code = mvas_infer(BATCH_IMAGE, &results[i]);
    if (code == MVAS_OK) continue;
    while (i-- > 0) mvas_free_result(&results[i]);
    return code;
  }
  ON_BATCHED;
  error_text[0] = '\0';
  return MVAS_OK;
}
#endif

#endif  // BROKEN_BATCH_H
