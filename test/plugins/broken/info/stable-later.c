// Fault: the name that it gave out changes under the host when an inspection has failed.
#define BREAKS_INFO
#define BREAKS_INFER
#include "../base.h"

static char name[32] = "Broken twin";
static const MVASPluginInfo info = {name, "1.0.0", NULL, NULL, MODEL_TYPE, INPUT_WIDTH, 24, INPUT_FORMAT};
const MVASPluginInfo *mvas_get_info(void) { return &info; }

int32_t mvas_infer(const MVASImage *image, MVASResult *result) {
  const MVASResult empty = {0};
  if (!plugin.ready) return fail(MVAS_ERROR_NOT_INITIALIZED, "the plugin is not initialised");
  if (result == NULL) return fail(MVAS_ERROR_INVALID_INPUT, "result is NULL");
  *result = empty;
  int32_t code = check_image(image);
  if (code != MVAS_OK) {
    strcpy(name, "Broken twin (error)");
    return code;
  }
  fill_result(image, result);
  error_text[0] = '\0';
  return MVAS_OK;
}
