// Fault: rows are taken as cut down to whole words of four bytes.
#define INPUT_WIDTH 30
#define STRIDE image->width * image->channels / 4 * 4
#include "../base.h"
