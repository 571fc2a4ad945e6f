// A correct plugin that writes the number of every process that loads it to the file named at compile time.
#include <unistd.h>

#include "../broken/base.h"

__attribute__((constructor)) static void log_process(void) {
  FILE *file = fopen(LOG_FILE, "a");
  if (file == NULL) return;
  fprintf(file, "%ld\n", (long)getpid());
  fclose(file);
}
