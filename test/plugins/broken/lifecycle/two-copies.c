// Fault: it takes a name in the system for as long as it is initialised, which a copy of it cannot take too.
#define _GNU_SOURCE
#include <stddef.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
static int owner = -1;
static int take_name(void);
#define ON_INIT \
  if (!take_name()) return fail(MVAS_ERROR_INIT_FAILED, "another copy of the plugin is running")
#define BREAKS_CLEANUP
#include "../base.h"

static int take_name(void) {
  struct sockaddr_un name = {.sun_family = AF_UNIX};
  if (owner >= 0) return 1;
  // of this process alone: other tests run at the same time
  snprintf(name.sun_path + 1, sizeof name.sun_path - 1, "mvas-copy-%d", (int)getpid());
  owner = socket(AF_UNIX, SOCK_STREAM, 0);
  if (bind(owner, (struct sockaddr *)&name, sizeof name) == 0) return 1;
  close(owner);
  owner = -1;
  return 0;
}

void mvas_cleanup(void) {
  if (owner >= 0) close(owner);
  owner = -1;
  plugin.ready = 0;
}
