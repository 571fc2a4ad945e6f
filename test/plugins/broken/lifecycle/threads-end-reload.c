// Fault: a name that it takes in the system and never gives back keeps it from starting when it is loaded a second time.
// Also fails: lifecycle/two-copies, lifecycle/two-plugins
#define _GNU_SOURCE
#include <stddef.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
static int owner = -1;
static int take_name(void);
#define ON_INIT \
  if (!take_name()) return fail(MVAS_ERROR_INIT_FAILED, "another copy of the plugin is running")
#include "../base.h"

static int take_name(void) {
  struct sockaddr_un name = {.sun_family = AF_UNIX};
  if (owner >= 0) return 1;
  // of this process alone: other tests run at the same time
  snprintf(name.sun_path + 1, sizeof name.sun_path - 1, "mvas-twin-%d", (int)getpid());
  owner = socket(AF_UNIX, SOCK_STREAM, 0);
  return bind(owner, (struct sockaddr *)&name, sizeof name) == 0;
}
