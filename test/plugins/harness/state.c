// Changes the state of the process, or keeps some of its means, as the configuration names it.
#define _GNU_SOURCE
#include <fcntl.h>
#include <fenv.h>
#include <locale.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mvas_plugin.h"
#if defined(__x86_64__)
#include <xmmintrin.h>
#endif

static const MVASPluginInfo info = {"State", "1.0.0", NULL, NULL, MVAS_MODEL_MEASUREMENT, 8, 8, MVAS_FORMAT_GRAY};
static int held[64], holds;
static void *kept;
static pthread_t thread;
static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;

static void *wait_at_gate(void *unused) {
  (void)unused;
  pthread_mutex_lock(&gate);
  pthread_mutex_unlock(&gate);
  return NULL;
}

static void flush_denormals(void) {
#if defined(__x86_64__)
  _mm_setcsr(_mm_getcsr() | 0x8000);
#elif defined(__aarch64__)
  uint64_t mode;
  __asm__ volatile("mrs %0, fpcr" : "=r"(mode));
  __asm__ volatile("msr fpcr, %0" : : "r"(mode | (1u << 24)));
#endif
}

const MVASPluginInfo *mvas_get_info(void) { return &info; }
const char *mvas_get_error(void) { return ""; }
int32_t mvas_infer(const MVASImage *image, MVASResult *result) {
  (void)image, (void)result;
  return MVAS_ERROR_UNSUPPORTED;
}

int32_t mvas_init(const char *change, const char *unused) {
  (void)unused;
  if (strcmp(change, "cwd") == 0) return chdir("/");
  if (strcmp(change, "environment") == 0) return setenv("STATE_OF_TEST", "a=b", 1);
  if (strcmp(change, "locale") == 0) return setlocale(LC_NUMERIC, "C.UTF-8") == NULL;
  if (strcmp(change, "thread locale") == 0) return uselocale(newlocale(LC_ALL_MASK, "C", (locale_t)0)) == (locale_t)0;
  if (strcmp(change, "signal") == 0) return signal(SIGUSR2, SIG_IGN) == SIG_ERR;
  if (strcmp(change, "rounding") == 0) return fesetround(FE_UPWARD);
  if (strcmp(change, "flushing") == 0) flush_denormals();
  if (strcmp(change, "umask") == 0) umask(0777);
  if (strcmp(change, "descriptor") == 0) held[holds++] = open("/dev/null", O_RDONLY);
  if (strcmp(change, "mapping") == 0)  // pages of different rights stay apart
    for (int i = 0; i < 20; i++) {
      char *pages = mmap(NULL, 3 * 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
      mprotect(pages + 4096, 4096, PROT_READ);
    }
  if (strcmp(change, "thread") == 0) {
    pthread_mutex_lock(&gate);
    pthread_create(&thread, NULL, wait_at_gate, NULL);
  }
  if (strcmp(change, "files") == 0)  // as many as may be
    while (holds < 64 && (held[holds] = open("/dev/null", O_RDONLY)) >= 0) holds++;
  if (strcmp(change, "data") == 0) kept = malloc(64u << 20);
  return change[0] == 'd' && kept == NULL ? holds == 0 : holds;
}

void mvas_cleanup(void) {
  while (holds > 0) close(held[--holds]);
  free(kept);
  kept = NULL;
  if (thread != 0) {
    pthread_mutex_unlock(&gate);
    pthread_join(thread, NULL);
    thread = 0;
  }
}
