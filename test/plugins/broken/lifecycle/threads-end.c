// Fault: the thread that watches its model outlives mvas_cleanup.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <pthread.h>
#include <unistd.h>
static int watching;
static void watch(void);
#define ON_INIT watch()
#include "../base.h"

static void *wait_for_changes(void *unused) {
  for (;;) pause();
  return unused;
}

static void watch(void) {
  pthread_t thread;
  if (!watching && pthread_create(&thread, NULL, wait_for_changes, NULL) == 0) watching = 1;
}

// The library stays loaded, or the thread would wake up in no code at all.
__attribute__((constructor)) static void stay(void) {
  Dl_info self;
  if (dladdr((void *)stay, &self) != 0) dlopen(self.dli_fname, RTLD_NOW | RTLD_NODELETE);
}
