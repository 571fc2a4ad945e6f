// Fault: decision and error share one text, and asking for the error clears both.
// Also fails: ownership/two-results
#define BREAKS_ERROR
#define ON_RESULT \
  memcpy(word, result->decision, 5); \
  result->decision = word
static char word[160];
#include "../base.h"

const char *mvas_get_error(void) {
  memset(word, 0, sizeof word);
  return error_text;
}
