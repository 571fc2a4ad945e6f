// A library that comes with a plugin: it counts what it is asked for, and does once what the words say.
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static int begun;

static void *wait_for_ever(void *unused) {
  for (;;) pause();
  return unused;
}

/* A process that stays when its parent is gone; its number goes into the named file. */
static void leave_orphan(const char *path) {
  const pid_t child = fork();
  if (child != 0) {
    waitpid(child, NULL, 0);
    return;
  }
  const pid_t orphan = fork();
  if (orphan == 0) wait_for_ever(NULL);
  FILE *file = fopen(path, "w");
  if (file != NULL) fprintf(file, "%d", (int)orphan);
  _exit(file == NULL || fclose(file) != 0);
}

int library_begin(const char *words) {
  pthread_t thread;
  if (strstr(words, "stay") != NULL) pthread_create(&thread, NULL, wait_for_ever, NULL);
  if (strstr(words, "leave") != NULL) exit(0);
  if (strstr(words, "hang") != NULL) wait_for_ever(NULL);
  if (strstr(words, "move") != NULL && chdir("/") != 0) abort();
  if (strstr(words, "fork") != NULL && fork() == 0) wait_for_ever(NULL);
  if (strstr(words, "orphan ") != NULL) leave_orphan(strstr(words, "orphan ") + 7);
  if (strstr(words, "open") != NULL && dup(0) < 0) abort();
  return ++begun;
}
