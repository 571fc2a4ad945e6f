// Fault: on a thread that the library was not loaded on, a bad setting throws.
#include <stdexcept>
#include <thread>

#define BREAKS_SET
extern "C" {
#include "../adjustable.h"
}

static const std::thread::id home = std::this_thread::get_id();

int32_t mvas_set_config(const MVASConfigParam *params, int32_t num_params) {
  int32_t code = check_entries(params, num_params);
  if (code == MVAS_OK) code = stage_entries(params, num_params);
  if (code != MVAS_OK && std::this_thread::get_id() != home) throw std::logic_error("no buffer for the text on this thread");
  return code == MVAS_OK ? take_settings() : code;
}
