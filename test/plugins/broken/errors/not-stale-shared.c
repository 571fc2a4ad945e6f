// Fault: all threads share one text.
#define ERROR_STORAGE
#include "../base.h"
