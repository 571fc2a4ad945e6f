// Fault: it writes a cache beside its model, and does not start where it may not.
#define ON_INIT \
  if (!write_cache(model_path)) return fail(MVAS_ERROR_INIT_FAILED, "the cache cannot be written")
static int write_cache(const char *model_path);
#include "../base.h"

static int write_cache(const char *model_path) {
  char path[4096];
  snprintf(path, sizeof path, "%s.cache", model_path);
  FILE *file = fopen(path, "wb");
  if (file == NULL) return 0;
  fclose(file);
  remove(path); // another process may have done so
  return 1;
}
