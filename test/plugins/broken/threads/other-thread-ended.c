// Fault: the end of the thread of mvas_init takes the model with it.
#include <pthread.h>

#define ON_INIT keep_for_thread()
static void keep_for_thread(void);
#include "../base.h"

static pthread_key_t key;
__attribute__((constructor)) static void make_key(void);

static void let_go(void *value) {
  (void)value;
  plugin.gain = 0;
}

static void make_key(void) { pthread_key_create(&key, let_go); }
static void keep_for_thread(void) { pthread_setspecific(key, &plugin); }
