// Fault: mvas_set_config works in the first life only.
#include "../base.h"

static int32_t check_life(void) {
  static int was_ready, lives;
  if (plugin.ready && !was_ready) lives++;
  was_ready = plugin.ready;
  if (!plugin.ready) return fail(MVAS_ERROR_NOT_INITIALIZED, "the plugin is not initialised");
  return lives > 1 ? fail(MVAS_ERROR_UNSUPPORTED, "the settings are sealed") : MVAS_OK;
}

int32_t mvas_set_config(const MVASConfigParam *params, int32_t count) {
  int32_t code = check_life();
  if (code != MVAS_OK) return code;
  if (count < 0 || (count > 0 && params == NULL)) return fail(MVAS_ERROR_INVALID_INPUT, "no parameters");
  for (int32_t i = 0; i < count; i++)
    if (params[i].key == NULL || params[i].value == NULL) return fail(MVAS_ERROR_INVALID_INPUT, "a key or value is NULL");
  if (count > 0) return fail(MVAS_ERROR_UNSUPPORTED, "unknown key");
  error_text[0] = '\0';
  return MVAS_OK;
}
