// Fault: a picture comes without its size.
// Also fails: ownership/two-results
#define ON_RESULT \
  static uint8_t picture[64 * 64 * 3]; \
  result->visualization = picture
#include "../base.h"
