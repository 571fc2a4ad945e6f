// Fault: an iteration waits for contrast, and a flat image has none.
#define ON_INFER                                                                             \
  volatile const unsigned char *pixel = image->data;                                         \
  while (image->width > 8 && pixel[0] == pixel[1] && pixel[1] == pixel[2] && pixel[0] == 128) continue
#include "../base.h"
