// The plain plugin with moods that the first pixel chooses: red crashes, green hangs, blue fails; it draws nothing itself.
#include "mvas_plugin.h"

#define mvas_infer plain_infer
#define mvas_infer_batch plain_infer_batch
#include "../good/plain.c"
#undef mvas_infer
#undef mvas_infer_batch

#include <signal.h>

int32_t mvas_infer(const MVASImage *image, MVASResult *result) {
  const int32_t code = plain_infer(image, result);
  if (code != MVAS_OK) return code;
  const uint8_t *pixel = image->data;
  if (pixel[0] == 255 && pixel[1] == 0 && pixel[2] == 0) raise(SIGSEGV);
  for (volatile int wait = 1; wait && pixel[0] == 0 && pixel[1] == 255 && pixel[2] == 0;) continue;
  if (pixel[0] == 0 && pixel[1] == 0 && pixel[2] == 255) {
    mvas_free_result(result);
    return fail(MVAS_ERROR_INFERENCE, "blue parts are not for me");
  }
  free(result->visualization);
  result->visualization = NULL;
  result->viz_width = result->viz_height = 0;
  return MVAS_OK;
}

int32_t mvas_infer_batch(const MVASImage *images, int32_t num_images, MVASResult *results) {
  for (int32_t i = 0; i < num_images; i++) {
    const int32_t code = mvas_infer(&images[i], &results[i]);
    if (code == MVAS_OK) continue;
    while (i-- > 0) mvas_free_result(&results[i]);
    return code;
  }
  return succeed();
}
