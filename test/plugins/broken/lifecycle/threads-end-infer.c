// Fault: the first inspection starts a pool of threads that nobody ends. It keeps its library loaded, or they would wake up in no code at all.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <pthread.h>
#include <semaphore.h>
static sem_t work;
static int threads;
static void start_pool(void);
#define ON_INFER start_pool()
#include "../base.h"

static void *serve(void *unused) {
  for (;;) sem_wait(&work);
  return unused;
}

static void start_pool(void) {
  pthread_t thread;
  Dl_info self;
  if (dladdr((void *)start_pool, &self) != 0) dlopen(self.dli_fname, RTLD_NOW | RTLD_NODELETE);
  for (; threads < 3; threads++) pthread_create(&thread, NULL, serve, NULL);
}
