// Fault: a parser that calls itself for each bracket overflows the stack.
#define BREAKS_INIT
#include "../base.h"

static const char *value(const char *at) {
  volatile char frame[512];
  frame[0] = *at;
  if (*at != '[') return after_value(at, 0);
  do at = value(after_space(at + 1));
  while (at != NULL && *at == ',');
  return at == NULL || *at++ != ']' ? NULL : at;
}

static int accepts(const char *json) {
  const char *at = after_space(json);
  if (strncmp(at, "{\"unknown\": [", 13) == 0) {
    at = value(at + 12);
    return at != NULL && *at == '}';
  }
  return is_json_object(json);
}

int32_t mvas_init(const char *model_path, const char *config_json) {
  int gain = 0;
  int32_t code = read_model(model_path, &gain);
  if (code != MVAS_OK) return code;
  if (config_json != NULL && *config_json != '\0' && !accepts(config_json)) return fail(MVAS_ERROR_INVALID_INPUT, "the configuration is no object");
  plugin.gain = gain;
  plugin.ready = 1;
  error_text[0] = '\0';
  return MVAS_OK;
}
