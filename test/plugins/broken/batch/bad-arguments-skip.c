// Fault: an image that cannot be inspected is skipped, and the batch succeeds.
#define BREAKS_BATCH
#include "../batch.h"

int32_t mvas_infer_batch(const MVASImage *images, int32_t num_images, MVASResult *results) {
  if (!plugin.ready) return fail(MVAS_ERROR_NOT_INITIALIZED, "the plugin is not initialised");
  if (num_images < 0 || (num_images > 0 && (images == NULL || results == NULL))) return fail(MVAS_ERROR_INVALID_INPUT, "the batch is NULL or negative");
  for (int32_t i = 0; i < num_images; i++) (void)mvas_infer(&images[i], &results[i]);
  return MVAS_OK;
}
