// Fault: a configuration it does not like ends the process, with success.
// Also fails: init/bad-config, init/recovers, resources/heap, threads/exceptions
#define BREAKS_INIT
#include "../base.h"

int32_t mvas_init(const char *model_path, const char *config_json) {
  int gain = 0;
  int32_t code = read_model(model_path, &gain);
  if (code != MVAS_OK) return code;
  if (config_json != NULL && *config_json != '\0' && *config_json != '{') exit(0);
  plugin.gain = gain;
  plugin.ready = 1;
  error_text[0] = '\0';
  return MVAS_OK;
}
