// Fault: the first image is looked at before anything else.
// Also fails: robustness/output, threads/exceptions
#define BREAKS_BATCH
#include "../batch.h"

int32_t mvas_infer_batch(const MVASImage *images, int32_t num_images, MVASResult *results) {
  if (!plugin.ready) return fail(MVAS_ERROR_NOT_INITIALIZED, "the plugin is not initialised");
  if (images[0].width <= 0) return fail(MVAS_ERROR_INVALID_INPUT, "the size is below 1");
  if (num_images < 0 || (num_images > 0 && results == NULL)) return fail(MVAS_ERROR_INVALID_INPUT, "the batch is NULL or negative");
  for (int32_t i = 0; i < num_images; i++) {
    int32_t code = mvas_infer(&images[i], &results[i]);
    if (code == MVAS_OK) continue;
    while (i-- > 0) mvas_free_result(&results[i]);
    return code;
  }
  return MVAS_OK;
}
