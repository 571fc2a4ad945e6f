// Fault: mvas_cleanup tells its thread to end, and does not wait for it.
// Also fails: lifecycle/two-plugins
#define _GNU_SOURCE
#include <pthread.h>
#include <unistd.h>
static volatile int wanted;
static pthread_t thread;
static int started;
static void *work(void *unused);
#define ON_INIT \
  wanted = 1;   \
  if (!started++) pthread_create(&thread, NULL, work, NULL)
#define BREAKS_CLEANUP
#include "../base.h"

static void *work(void *unused) {
  while (wanted) usleep(1000);
  sleep(2);  // the last picture is still being written
  started = 0;
  return unused;
}

void mvas_cleanup(void) { plugin.ready = wanted = 0; }
