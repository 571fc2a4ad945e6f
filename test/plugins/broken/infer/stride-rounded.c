// Fault: rows are taken as aligned to 4 bytes, as bitmaps have them.
// Also fails: infer/bounds, infer/changing-sizes, infer/fuzz
#define STRIDE (image->width * image->channels + 3) / 4 * 4
#include "../base.h"
