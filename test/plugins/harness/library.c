// A library that comes with a plugin: it counts what it is asked for, and does once what the words say.
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int begun;

static void *wait_for_ever(void *unused) {
  for (;;) pause();
  return unused;
}

int library_begin(const char *words) {
  pthread_t thread;
  if (strstr(words, "stay") != NULL) pthread_create(&thread, NULL, wait_for_ever, NULL);
  if (strstr(words, "leave") != NULL) exit(0);
  if (strstr(words, "hang") != NULL) wait_for_ever(NULL);
  if (strstr(words, "move") != NULL && chdir("/") != 0) abort();
  if (strstr(words, "open") != NULL && dup(0) < 0) abort();
  return ++begun;
}
