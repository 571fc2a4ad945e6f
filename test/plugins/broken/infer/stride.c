// Fault: rows are taken as if there were no padding.
#define STRIDE image->width * image->channels
#include "../base.h"
