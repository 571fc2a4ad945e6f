// Fault: a configuration before the first image is written to memory that is not there yet.
#define ON_INFER \
  if (table == NULL) table = (float *)calloc(256, sizeof(float))
static float *table;
#include "../base.h"

int32_t mvas_set_config(const MVASConfigParam *params, int32_t num_params) {
  if (!plugin.ready) return fail(MVAS_ERROR_NOT_INITIALIZED, "the plugin is not initialised");
  if (num_params < 0 || (num_params > 0 && params == NULL)) return fail(MVAS_ERROR_INVALID_INPUT, "the values are NULL or negative");
  for (int32_t i = 0; i < num_params; i++) {
    if (params[i].key == NULL || params[i].value == NULL) return fail(MVAS_ERROR_INVALID_INPUT, "a key or value is NULL");
    if (strcmp(params[i].key, "threshold") != 0) return fail(MVAS_ERROR_UNSUPPORTED, "the key is unknown");
    float value;
    char end;
    if (sscanf(params[i].value, "%f%c", &value, &end) != 1 || !(value >= 0 && value <= 1)) return fail(MVAS_ERROR_INVALID_INPUT, "the value is no number within 0..1");
    for (int at = 0; at < 256; at++) table[at] = value;
  }
  error_text[0] = '\0';
  return MVAS_OK;
}
