// Says whether a configuration is a JSON object; its members are not looked at.
#ifndef JSON_OBJECT_H
#define JSON_OBJECT_H

#include <string.h>

static inline const char *after_space(const char *at) { return at + strspn(at, " \t\r\n"); }

static inline const char *after_string(const char *at) {
  if (*at++ != '"') return NULL;
  for (; *at != '"'; at++)
    if ((unsigned char)*at < 0x20 || (*at == '\\' && *++at == '\0')) return NULL;
  return at + 1;
}

static inline const char *after_scalar(const char *at) {
  if (*at == '"') return after_string(at);
  size_t length = strspn(at, "+-.0123456789abcdefghijklmnopqrstuvwxyzE");
  int is_word = (length == 4 && (strncmp(at, "true", 4) == 0 || strncmp(at, "null", 4) == 0)) || (length == 5 && strncmp(at, "false", 5) == 0);
  int is_number = length > 0 && strspn(at, "+-.0123456789eE") == length && (*at == '-' || (*at >= '0' && *at <= '9'));
  return is_word || is_number ? at + length : NULL;
}

// Behind a value; NULL where there is none, or one that is nested more than 64 deep.
static inline const char *after_value(const char *at, int depth) {
  if (*at != '{' && *at != '[') return after_scalar(at);
  char close = *at == '{' ? '}' : ']';
  if (depth == 64) return NULL;
  at = after_space(at + 1);
  if (*at == close) return at + 1;
  for (;; at = after_space(at + 1)) {
    if (close == '}') {
      at = after_string(at);
      if (at == NULL) return NULL;
      at = after_space(at);
      if (*at != ':') return NULL;
      at = after_space(at + 1);
    }
    at = after_value(at, depth + 1);
    if (at == NULL) return NULL;
    at = after_space(at);
    if (*at == close) return at + 1;
    if (*at != ',') return NULL;
  }
}

static inline int is_json_object(const char *text) {
  text = after_space(text);
  if (*text != '{') return 0;
  text = after_value(text, 0);
  return text != NULL && *after_space(text) == '\0';
}

#endif  // JSON_OBJECT_H
