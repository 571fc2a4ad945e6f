// A plugin from before the contract was settled, kept as such plugins are: one code for every failure, one text, no look at its arguments.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mvas_plugin.h"

static MVASPluginInfo info;
static int ready;

const MVASPluginInfo *mvas_get_info(void) {
  info.name = "Legacy gauge";
  info.version = "1.0";
  info.model_type = "measurement";
  info.input_width = 64;
  info.input_height = 48;
  info.input_format = "RGB";
  return &info;
}

const char *mvas_get_error(void) { return "Plugin error"; }

int32_t mvas_init(const char *model_path, const char *config_json) {
  (void)config_json;
  FILE *file = fopen(model_path, "rb");
  if (file == NULL) return -1;
  fclose(file);
  ready = 1;
  return 0;
}

void mvas_cleanup(void) { ready = 0; }

int32_t mvas_infer(const MVASImage *image, MVASResult *result) {
  if (!ready) return -1;
  long long sum = 0;
  int32_t row = image->width * image->channels;
  for (int32_t y = 0; y < image->height; y++)
    for (int32_t x = 0; x < row; x++) sum += image->data[(size_t)y * (size_t)image->stride + (size_t)x];
  double pixels = (double)row * image->height;
  memset(result, 0, sizeof *result);
  result->anomaly_score = pixels > 0 ? (float)((double)sum / 255.0 / pixels) : 0;
  result->confidence = result->anomaly_score;
  result->decision = result->anomaly_score > 0.5f ? "fail" : "pass";
  return 0;
}
