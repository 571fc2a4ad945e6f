// Fault: each mvas_init that fails leaves a descriptor open.
#include <fcntl.h>
#include <unistd.h>
#define BREAKS_INIT
#include "../base.h"

int32_t mvas_init(const char *model_path, const char *config_json) {
  int gain = 0;
  int device = open("/dev/null", O_RDONLY);
  int32_t code = read_model(model_path, &gain);
  if (code != MVAS_OK) return code;
  close(device);
  if (!is_configuration(config_json)) return fail(MVAS_ERROR_INVALID_INPUT, "the configuration is no object");
  plugin.gain = gain;
  plugin.ready = 1;
  error_text[0] = '\0';
  return MVAS_OK;
}
