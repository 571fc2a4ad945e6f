// Fault: rows are taken as aligned to 4 bytes, as bitmaps have them.
#define STRIDE (image->width * image->channels + 3) / 4 * 4
#include "../base.h"
