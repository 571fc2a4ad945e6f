// Fault: on a thread that the library was not loaded on, a damaged model throws.
#include <stdexcept>
#include <thread>

#define BREAKS_INIT
extern "C" {
#include "../base.h"
}

static const std::thread::id home = std::this_thread::get_id();

int32_t mvas_init(const char *model_path, const char *config_json) {
  int gain = 0;
  int32_t code = read_model(model_path, &gain);
  if (code == MVAS_ERROR_INIT_FAILED && std::this_thread::get_id() != home) throw std::logic_error("no buffer for the text on this thread");
  if (code != MVAS_OK) return code;
  if (!is_configuration(config_json)) return fail(MVAS_ERROR_INVALID_INPUT, "the configuration is no object");
  plugin.gain = gain;
  plugin.ready = 1;
  error_text[0] = '\0';
  return MVAS_OK;
}
