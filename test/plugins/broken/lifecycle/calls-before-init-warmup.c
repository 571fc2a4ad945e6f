// Fault: mvas_warmup works without a model.
#include "../base.h"

int32_t mvas_warmup(int32_t iterations) { return iterations < 0 ? fail(MVAS_ERROR_INVALID_INPUT, "a negative number") : MVAS_OK; }
