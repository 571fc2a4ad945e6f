// Fault: a function it calls is in no library.
#define ON_INFER image_statistics(image)
#include "mvas_plugin.h"
void image_statistics(const MVASImage *image);
#include "../base.h"
