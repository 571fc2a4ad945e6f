// A correct plugin with the five required functions alone; each result lives until the next inference or the end.
#include "small.h"

static const MVASPluginInfo info = {"Minimal", "1", NULL, NULL, MVAS_MODEL_OBJECT_DETECTION, 64, 64, MVAS_FORMAT_RGBA};
static float *boxes;

const MVASPluginInfo *mvas_get_info(void) { return &info; }
const char *mvas_get_error(void) { return error_text; }
int32_t mvas_init(const char *model_path, const char *config_json) { return small_init(model_path, config_json); }

void mvas_cleanup(void) {
  free(boxes);
  boxes = NULL;
  small_ready = 0;
}

int32_t mvas_infer(const MVASImage *image, MVASResult *result) {
  int32_t code = small_check(image, result, 4);
  if (result != NULL) memset(result, 0, sizeof *result);
  if (code != MVAS_OK) return code;
  float level = mean_brightness(image);
  int32_t count = (int32_t)(level * 8);  // none in a dark image
  float *found = count == 0 ? NULL : malloc((size_t)count * 6 * sizeof(float));
  if (count > 0 && found == NULL) return fail(MVAS_ERROR_OUT_OF_MEMORY, "no memory for %d boxes", (int)count);
  free(boxes);
  boxes = found;
  for (int32_t i = 0; i < count; i++) {
    const float box[6] = {0, 0, (float)image->width, (float)image->height / (float)(i + 1), level, (float)i};
    memcpy(found + 6 * i, box, sizeof box);
  }
  score(result, level);
  result->bboxes = found;
  result->num_bboxes = count;
  return succeed();
}
