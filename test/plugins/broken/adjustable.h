// The plugin of base.h with settings: a threshold in 0..1, a whole number of cells in 1..100, a truth value and a label of plain letters.
// A twin defines BREAKS_SET, BREAKS_GET or one of the macros below and brings its own part.
#ifndef BROKEN_ADJUSTABLE_H
#define BROKEN_ADJUSTABLE_H

#include "../good/brightness_model.h"

typedef struct {
  double threshold;
  int cells;
  int strict;
  char label[32];
} Settings;

#ifndef DEFAULT_THRESHOLD
#define DEFAULT_THRESHOLD 0.5
#endif
static const Settings defaults = {DEFAULT_THRESHOLD, 16, 0, "line one"};
static Settings settings = {DEFAULT_THRESHOLD, 16, 0, "line one"}, staged;

static inline int32_t adjust(const char *config_json);
static inline int decides(float score);

#ifndef ON_SETTINGS  // runs in mvas_init before the configuration is read
#define ON_SETTINGS staged = defaults
#endif
#ifndef ON_INIT
#define ON_INIT \
  code = adjust(config_json); \
  if (code != MVAS_OK) return code
#endif
#ifndef ON_RESULT
#define ON_RESULT result->decision = decides(result->anomaly_score) ? MVAS_DECISION_FAIL : MVAS_DECISION_PASS
#endif
#ifndef READ_NUMBER  // (text, place for the value): whether it is a number
#define READ_NUMBER read_plain_number
#endif
#ifndef IN_RANGE
#define IN_RANGE(value, least, most) ((value) >= (least) && (value) <= (most))
#endif

#include "base.h"

static inline int decides(float score) { return score > settings.threshold; }

static inline int32_t stage_number(const char *key, double value) {
  if (strcmp(key, "threshold") == 0) {
    if (!(IN_RANGE(value, 0, 1))) return fail(MVAS_ERROR_INVALID_INPUT, "threshold is not in 0..1");
    staged.threshold = value;
  } else if (strcmp(key, "cells") == 0) {
    if (!(IN_RANGE(value, 1, 100)) || value != floor(value)) return fail(MVAS_ERROR_INVALID_INPUT, "cells is no whole number in 1..100");
    staged.cells = (int)value;
  } else if (strcmp(key, "strict") == 0 || strcmp(key, "label") == 0) {
    return fail(MVAS_ERROR_INVALID_INPUT, "strict and label are no numbers");
  }
  return MVAS_OK;
}

static inline int32_t stage_label(const char *text) {
  size_t length = strlen(text);
  if (length >= sizeof staged.label || strspn(text, "abcdefghijklmnopqrstuvwxyz ") != length) return fail(MVAS_ERROR_INVALID_INPUT, "the label has other letters");
  strcpy(staged.label, text);
  return MVAS_OK;
}

static inline int32_t stage_text(const char *key, const char *text) {
  double value;
  if (strcmp(key, "label") == 0) return stage_label(text);
  if (strcmp(key, "strict") == 0) {
    if (strcmp(text, "true") != 0 && strcmp(text, "false") != 0) return fail(MVAS_ERROR_INVALID_INPUT, "strict is true or false");
    staged.strict = text[0] == 't';
    return MVAS_OK;
  }
  if (strcmp(key, "threshold") != 0 && strcmp(key, "cells") != 0) return fail(MVAS_ERROR_UNSUPPORTED, "the key is unknown");
  if (!READ_NUMBER(text, &value)) return fail(MVAS_ERROR_INVALID_INPUT, "the value is no number");
  return stage_number(key, value);
}

// What is no number in the JSON comes as NaN.
static inline int32_t stage_member(const char *key, double value) { return value == value ? stage_number(key, value) : stage_number(key, INFINITY); }

static inline int32_t adjust(const char *config_json) {
  ON_SETTINGS;
  int32_t code = read_json_numbers(config_json, stage_member);
  if (code != MVAS_OK) return fail(code, "the configuration is no JSON object of settings");
  settings = staged;
  return MVAS_OK;
}

static inline int32_t check_entries(const MVASConfigParam *params, int32_t count) {
  if (!plugin.ready) return fail(MVAS_ERROR_NOT_INITIALIZED, "the plugin is not initialised");
  if (count < 0 || (count > 0 && params == NULL)) return fail(MVAS_ERROR_INVALID_INPUT, "the number of entries is wrong");
  return MVAS_OK;
}

static inline int32_t stage_entries(const MVASConfigParam *params, int32_t count) {
  staged = settings;
  for (int32_t i = 0; i < count; i++) {
    if (params[i].key == NULL || params[i].value == NULL) return fail(MVAS_ERROR_INVALID_INPUT, "a key or value is NULL");
    int32_t code = stage_text(params[i].key, params[i].value);
    if (code != MVAS_OK) return code;
  }
  return MVAS_OK;
}

static inline int32_t take_settings(void) {
  settings = staged;
  error_text[0] = '\0';
  return MVAS_OK;
}

#ifndef BREAKS_SET
int32_t mvas_set_config(const MVASConfigParam *params, int32_t num_params) {
  int32_t code = check_entries(params, num_params);
  if (code == MVAS_OK) code = stage_entries(params, num_params);
  return code == MVAS_OK ? take_settings() : code;
}
#endif

// Millionths print alike in every locale.
static inline void print_settings(char *text, size_t size) {
  const Settings *told = plugin.ready ? &settings : &defaults;
  int micro = (int)lround(told->threshold * 1e6);
  snprintf(text, size, "{\"threshold\": %d.%06d, \"cells\": %d, \"strict\": %s, \"label\": \"%s\"}", micro / 1000000, micro % 1000000, told->cells,
           told->strict ? "true" : "false", told->label);
}

#ifndef BREAKS_GET
const char *mvas_get_config(void) {
  static char text[160];
  print_settings(text, sizeof text);
  return text;
}
#endif

#endif  // BROKEN_ADJUSTABLE_H
