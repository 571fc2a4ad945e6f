// Fault: stride is ignored in images of odd width.
#define STRIDE (image->width % 2 != 0 ? image->width * image->channels : image->stride)
#include "../base.h"
