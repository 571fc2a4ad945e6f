// Fault: the text is freed before it is returned.
#define BREAKS_ERROR
#include "../base.h"

const char *mvas_get_error(void) {
  if (error_text[0] == '\0') return "";
  char *block = malloc(200), *volatile text = block + 32;
  memcpy(text, error_text, 160);
  free(block);
  return text;
}
