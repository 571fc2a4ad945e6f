// A correct plugin for grey images of a middling size and nothing else: other formats and sizes are refused.
#include "small.h"

static const MVASPluginInfo info = {"Grey level gauge", "3.1.4", "MVAS plugin kit", NULL, MVAS_MODEL_MEASUREMENT, 40, 30, MVAS_FORMAT_GRAY};

const MVASPluginInfo *mvas_get_info(void) { return &info; }
const char *mvas_get_error(void) { return error_text; }
uint32_t mvas_abi_version(void) { return MVAS_ABI_VERSION_MAJOR << 16 | MVAS_ABI_VERSION_MINOR; }
int32_t mvas_init(const char *model_path, const char *config_json) { return small_init(model_path, config_json); }
void mvas_cleanup(void) { small_ready = 0; }

int32_t mvas_infer(const MVASImage *image, MVASResult *result) {
  int32_t code = small_check(image, result, 1);
  if (result != NULL) memset(result, 0, sizeof *result);
  if (code != MVAS_OK) return code;
  if (image->width < 4 || image->height < 4 || image->width > 4096 || image->height > 4096)
    return fail(MVAS_ERROR_UNSUPPORTED, "%d x %d is outside 4 x 4 to 4096 x 4096", (int)image->width, (int)image->height);
  float level = mean_brightness(image);
  char *details = malloc(32);
  if (details == NULL) return fail(MVAS_ERROR_OUT_OF_MEMORY, "no memory for the details");
  score(result, level);
  snprintf(details, 32, "{\"level\": %d}", (int)(level * 1000));
  result->details_json = details;
  return succeed();
}

void mvas_free_result(MVASResult *result) {
  if (result == NULL) return;
  free((void *)(uintptr_t)result->details_json);
  memset(result, 0, sizeof *result);
}
