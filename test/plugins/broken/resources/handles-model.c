// Fault: mvas_cleanup leaves the model's file open for the next start.
#include <stdio.h>
static FILE *kept;
#define ON_INIT \
  if (kept == NULL) kept = fopen(model_path, "rb")
#include "../base.h"
