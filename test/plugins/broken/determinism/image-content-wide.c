// Fault: a stride of more than 4000 bytes is taken for a mistake.
// Also fails: infer/stride
#define STRIDE (image->stride > 4000 ? image->width * image->channels : image->stride)
#include "../base.h"
