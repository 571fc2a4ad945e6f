// A plugin that reads and prints numbers by the rules of the process's locale.
#include <stdio.h>
#include <stdlib.h>

#include "mvas_plugin.h"

static const MVASPluginInfo info = {"Decimal", "1.0.0", NULL, NULL, MVAS_MODEL_CLASSIFICATION, 4, 3, MVAS_FORMAT_RGB};
static char text[32];

const MVASPluginInfo *mvas_get_info(void) { return &info; }
int32_t mvas_init(const char *model_path, const char *config_json) { return (void)model_path, (void)config_json, MVAS_OK; }
void mvas_cleanup(void) {}

// Ten times "1.5" as it is read.
int32_t mvas_infer(const MVASImage *image, MVASResult *result) { return (void)image, (void)result, (int32_t)(strtod("1.5", NULL) * 10); }

const char *mvas_get_error(void) {
  snprintf(text, sizeof text, "%.2f", 0.25);
  return text;
}
