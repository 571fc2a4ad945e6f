// A correct plugin that hands out static buffers and texts: without mvas_free_result they are valid until the next inference.
#include "small.h"

#define CELLS 6

static const MVASPluginInfo info = {"Static brightness", "2.0.0", "", "", MVAS_MODEL_QUALITY_INSPECTION, 33, 21, MVAS_FORMAT_RGB};
static float map[CELLS * CELLS];
static uint8_t picture[3 * CELLS * CELLS];

const MVASPluginInfo *mvas_get_info(void) { return &info; }
const char *mvas_get_error(void) { return error_text; }
const char *mvas_get_config(void) { return "{}"; }
int32_t mvas_init(const char *model_path, const char *config_json) { return small_init(model_path, config_json); }
void mvas_cleanup(void) { small_ready = 0; }

int32_t mvas_infer(const MVASImage *image, MVASResult *result) {
  int32_t code = small_check(image, result, 3);
  if (result != NULL) memset(result, 0, sizeof *result);
  if (code != MVAS_OK) return code;
  for (int i = 0; i < CELLS * CELLS; i++) {
    int x = (int)((int64_t)(i % CELLS) * image->width / CELLS), y = (int)((int64_t)(i / CELLS) * image->height / CELLS);
    map[i] = brightness(image, x, y);
    memset(picture + 3 * i, (int)(map[i] * 255.0f), 3);
  }
  score(result, mean_brightness(image));
  result->anomaly_map = map;
  result->visualization = picture;
  result->anomaly_map_width = result->anomaly_map_height = result->viz_width = result->viz_height = CELLS;
  result->details_json = result->decision[0] == 'p' ? "{\"grade\": \"A\"}" : "{\"grade\": \"B\"}";
  return succeed();
}

int32_t mvas_set_config(const MVASConfigParam *params, int32_t num_params) {
  if (!small_ready) return fail(MVAS_ERROR_NOT_INITIALIZED, "mvas_init has not succeeded yet");
  if (num_params < 0 || (num_params > 0 && params == NULL)) return fail(MVAS_ERROR_INVALID_INPUT, "%d parameters", (int)num_params);
  if (num_params == 0) return succeed();
  if (params[0].key == NULL || params[0].value == NULL) return fail(MVAS_ERROR_INVALID_INPUT, "a key or a value is NULL");
  return fail(MVAS_ERROR_UNSUPPORTED, "there is no key %.80s", params[0].key);
}

int32_t mvas_warmup(int32_t iterations) {
  if (!small_ready) return fail(MVAS_ERROR_NOT_INITIALIZED, "mvas_init has not succeeded yet");
  return iterations < 0 ? fail(MVAS_ERROR_INVALID_INPUT, "%d iterations", (int)iterations) : succeed();
}
