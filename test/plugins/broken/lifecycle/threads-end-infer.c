// Fault: the first inspection starts a pool of threads that nobody ends.
#define _GNU_SOURCE
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
  for (; threads < 3; threads++) pthread_create(&thread, NULL, serve, NULL);
}
