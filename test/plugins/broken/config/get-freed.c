// Fault: the text is freed before it is returned.
#define BREAKS_GET
#include "../adjustable.h"

const char *mvas_get_config(void) {
  char *block = malloc(240), *volatile text = block + 32;
  print_settings(text, 160);
  free(block);
  return text;
}
