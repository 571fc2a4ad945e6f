// Fault: it needs a file of the working directory.
#define ON_INIT \
  if (!has_settings()) return fail(MVAS_ERROR_INIT_FAILED, "package.json cannot be read")
static int has_settings(void);
#include "../base.h"

static int has_settings(void) {
  FILE *file = fopen("package.json", "rb");
  return file != NULL && fclose(file) == 0;
}
