// Fault: on a thread that the library was not loaded on, a stride that is too short throws.
#include <stdexcept>
#include <thread>

#define BREAKS_INFER
extern "C" {
#include "../base.h"
}

static const std::thread::id home = std::this_thread::get_id();

int32_t mvas_infer(const MVASImage *image, MVASResult *result) {
  if (!plugin.ready) return fail(MVAS_ERROR_NOT_INITIALIZED, "the plugin is not initialised");
  if (result == NULL) return fail(MVAS_ERROR_INVALID_INPUT, "result is NULL");
  *result = MVASResult{};
  int32_t code = check_image(image);
  if (code == MVAS_ERROR_INVALID_INPUT && image != NULL && image->stride < image->width && std::this_thread::get_id() != home) throw std::logic_error("no buffer for the text on this thread");
  if (code != MVAS_OK) return code;
  fill_result(image, result);
  error_text[0] = '\0';
  return MVAS_OK;
}
