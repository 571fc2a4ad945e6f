// Fault: a socket is held open while the plugin is ready.
#include <sys/socket.h>
#include <unistd.h>

static void open_socket(void);
#define ON_INIT open_socket()
#define BREAKS_CLEANUP
#include "../base.h"

static int connection = -1;

static void open_socket(void) {
  if (connection < 0) connection = socket(AF_INET, SOCK_DGRAM, 0);
}

void mvas_cleanup(void) {
  if (connection >= 0) close(connection);
  connection = -1;
  plugin.ready = 0;
}
