// The model and configuration of the plain test plugins: a text file with gain and offset, and a JSON object with numbers.
#ifndef BRIGHTNESS_MODEL_H
#define BRIGHTNESS_MODEL_H

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "mvas_plugin.h"
#ifdef _WIN32
#include <windows.h>
#endif

typedef struct {
  int gain;    // 1/256
  int offset;  // added to the brightness, 0..255
} BrightnessModel;

static inline FILE *open_utf8(const char *path) {
#ifdef _WIN32
  wchar_t wide[1024];
  if (MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, path, -1, wide, 1024) == 0) return NULL;
  return _wfopen(wide, L"rb");
#else
  return fopen(path, "rb");
#endif
}

// The file is exactly "mvas brightness model 1\n<gain> <offset>\nend\n". Returns an MVAS code.
static inline int32_t read_brightness_model(const char *path, BrightnessModel *model) {
  char text[128] = {0};
  int end = 0;
  FILE *file;
  if (path == NULL || path[0] == '\0') return MVAS_ERROR_MODEL_NOT_FOUND;
  errno = 0;
  file = open_utf8(path);
  if (file == NULL) return errno == ENOENT || errno == ENOTDIR ? MVAS_ERROR_MODEL_NOT_FOUND : MVAS_ERROR_INIT_FAILED;
  size_t length = fread(text, 1, sizeof text - 1, file);
  fclose(file);
  if (sscanf(text, "mvas brightness model 1\n%d %d\nend\n%n", &model->gain, &model->offset, &end) != 2) return MVAS_ERROR_INIT_FAILED;
  return end > 0 && (size_t)end == length ? MVAS_OK : MVAS_ERROR_INIT_FAILED;
}

// A reader of JSON text that gives the numbers of the outermost object to a callback; everything else is only checked.
typedef struct {
  const char *at;
  int32_t (*number)(const char *key, double value);  // an MVAS code; called with NaN for a member that is no number
  int32_t code;
} JsonScan;

static inline void json_space(JsonScan *scan) { scan->at += strspn(scan->at, " \t\r\n"); }

static inline int json_string(JsonScan *scan, char *out, size_t size) {
  size_t n = 0;
  if (*scan->at++ != '"') return 0;
  for (; *scan->at != '"'; scan->at++) {
    if ((unsigned char)*scan->at < 0x20) return 0;
    if (*scan->at == '\\') {
      if (*++scan->at == '\0' || strchr("\"\\/bfnrtu", *scan->at) == NULL) return 0;
      if (*scan->at == 'u' && strspn(scan->at + 1, "0123456789abcdefABCDEF") < 4) return 0;
      n = size;  // a key with escapes equals none of ours
    }
    if (n + 1 < size) out[n++] = *scan->at;
  }
  out[n < size ? n : 0] = '\0';
  scan->at++;
  return 1;
}

// Reads by the JSON grammar, without strtod, which follows the locale. The sum of digits is exact enough for a threshold.
static inline int json_number(JsonScan *scan, double *value) {
  int negative = *scan->at == '-', exponent = 0, given = 0, sign = 1, digits = 0;
  *value = 0;
  scan->at += negative;
  if (*scan->at == '0' && scan->at[1] >= '0' && scan->at[1] <= '9') return 0;
  for (; *scan->at >= '0' && *scan->at <= '9'; scan->at++, digits++) *value = *value * 10 + (*scan->at - '0');
  if (digits == 0) return 0;
  if (*scan->at == '.') {
    for (digits = 0, scan->at++; *scan->at >= '0' && *scan->at <= '9'; scan->at++, digits++, exponent--) *value = *value * 10 + (*scan->at - '0');
    if (digits == 0) return 0;
  }
  if (*scan->at == 'e' || *scan->at == 'E') {
    scan->at++;
    if (*scan->at == '+' || *scan->at == '-') sign = *scan->at++ == '-' ? -1 : 1;
    for (digits = 0; *scan->at >= '0' && *scan->at <= '9'; scan->at++, digits++) given = given > 9999 ? given : given * 10 + (*scan->at - '0');
    if (digits == 0) return 0;
  }
  *value = (negative ? -*value : *value) * pow(10, exponent + sign * given);
  return 1;
}

static inline int json_value(JsonScan *scan, int depth, double *value);

static inline int json_members(JsonScan *scan, int depth, char close) {
  char key[64];
  double value;
  scan->at++;
  json_space(scan);
  if (*scan->at == close) return scan->at++, 1;
  for (;; scan->at++) {
    json_space(scan);
    if (close == '}') {
      if (!json_string(scan, key, sizeof key)) return 0;
      json_space(scan);
      if (*scan->at++ != ':') return 0;
    }
    value = NAN;
    if (!json_value(scan, depth + 1, &value)) return 0;
    if (depth == 0 && close == '}' && scan->code == MVAS_OK) scan->code = scan->number(key, value);
    json_space(scan);
    if (*scan->at == close) return scan->at++, 1;
    if (*scan->at != ',') return 0;
  }
}

static inline int json_value(JsonScan *scan, int depth, double *value) {
  char ignored[8];
  if (depth > 64) return 0;
  json_space(scan);
  if (*scan->at == '{') return json_members(scan, depth, '}');
  if (*scan->at == '[') return json_members(scan, depth, ']');
  if (*scan->at == '"') return json_string(scan, ignored, sizeof ignored);
  if (strncmp(scan->at, "true", 4) == 0 || strncmp(scan->at, "null", 4) == 0) return scan->at += 4, 1;
  if (strncmp(scan->at, "false", 5) == 0) return scan->at += 5, 1;
  return json_number(scan, value);
}

// Returns the code of the first member that the callback refuses, or INVALID_INPUT for text that is not a JSON object.
static inline int32_t read_json_numbers(const char *text, int32_t (*number)(const char *key, double value)) {
  JsonScan scan = {text, number, MVAS_OK};
  if (text == NULL || text[0] == '\0') return MVAS_OK;
  json_space(&scan);
  if (*scan.at != '{' || !json_members(&scan, 0, '}')) return MVAS_ERROR_INVALID_INPUT;
  json_space(&scan);
  return *scan.at == '\0' ? scan.code : MVAS_ERROR_INVALID_INPUT;
}

// Reads one number and nothing else, as mvas_set_config needs it.
static inline int read_plain_number(const char *text, double *value) {
  JsonScan scan = {text, NULL, MVAS_OK};
  return json_number(&scan, value) && *scan.at == '\0';
}

#endif
