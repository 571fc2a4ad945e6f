// A small correct plugin that the suite loads beside the one under test: each must answer for itself. Its configuration
// tells how often each of its functions was called, so that a call that was meant for the other plugin shows.
#include <stdio.h>
#include <string.h>

#include "mvas_plugin.h"

static const MVASPluginInfo info = {"MVAS companion", "1.0.0", NULL, NULL, MVAS_MODEL_MEASUREMENT, 16, 16, MVAS_FORMAT_GRAY};
static int ready, inits, infers, others;
static const char *error_text = "";
static char config_text[80];

static int32_t refuse(int32_t code, const char *text) {
  error_text = text;
  return code;
}

static int32_t accept(void) {
  error_text = "";
  return MVAS_OK;
}

const MVASPluginInfo *mvas_get_info(void) { return &info; }
const char *mvas_get_error(void) { return error_text; }
uint32_t mvas_abi_version(void) { return MVAS_ABI_VERSION_MAJOR << 16 | MVAS_ABI_VERSION_MINOR; }

int32_t mvas_init(const char *model_path, const char *config_json) {
  (void)model_path, (void)config_json;
  inits++;
  ready = 1;
  return accept();
}

void mvas_cleanup(void) {
  others++;
  ready = 0;
}

int32_t mvas_infer(const MVASImage *image, MVASResult *result) {
  const MVASResult empty = {0};
  int64_t sum = 0;
  infers++;
  if (!ready) return refuse(MVAS_ERROR_NOT_INITIALIZED, "the companion is not initialised");
  if (image == NULL || image->data == NULL || image->format == NULL || result == NULL || image->width <= 0 || image->height <= 0 ||
      image->channels != 1 || image->stride < image->width)
    return refuse(MVAS_ERROR_INVALID_INPUT, "the companion takes GRAY images");
  if (strcmp(image->format, MVAS_FORMAT_GRAY) != 0) return refuse(MVAS_ERROR_UNSUPPORTED, "the companion takes GRAY images");
  for (int y = 0; y < image->height; y++)
    for (int x = 0; x < image->width; x++) sum += image->data[(int64_t)y * image->stride + x];
  *result = empty;
  result->decision = MVAS_DECISION_REVIEW;
  result->anomaly_score = (float)sum / 255.0f / (float)image->width / (float)image->height;
  return accept();
}

int32_t mvas_infer_batch(const MVASImage *images, int32_t num_images, MVASResult *results) {
  others++;
  if (!ready) return refuse(MVAS_ERROR_NOT_INITIALIZED, "the companion is not initialised");
  if (num_images < 0 || (num_images > 0 && (images == NULL || results == NULL))) return refuse(MVAS_ERROR_INVALID_INPUT, "no images");
  return num_images == 0 ? accept() : refuse(MVAS_ERROR_UNSUPPORTED, "the companion takes no batches");
}

int32_t mvas_set_config(const MVASConfigParam *params, int32_t num_params) {
  others++;
  if (!ready) return refuse(MVAS_ERROR_NOT_INITIALIZED, "the companion is not initialised");
  if (num_params < 0 || (num_params > 0 && params == NULL)) return refuse(MVAS_ERROR_INVALID_INPUT, "no parameters");
  return num_params == 0 ? accept() : refuse(MVAS_ERROR_UNSUPPORTED, "the companion has no settings");
}

const char *mvas_get_config(void) {
  snprintf(config_text, sizeof config_text, "{\"inits\": %d, \"infers\": %d, \"others\": %d}", inits, infers, others);
  return config_text;
}

int32_t mvas_warmup(int32_t iterations) {
  others++;
  if (!ready) return refuse(MVAS_ERROR_NOT_INITIALIZED, "the companion is not initialised");
  return iterations < 0 ? refuse(MVAS_ERROR_INVALID_INPUT, "a negative number") : accept();
}

void mvas_free_result(MVASResult *result) {
  const MVASResult empty = {0};
  others++;
  if (result != NULL) *result = empty;
}
