// Fault: without mvas_cleanup a thread that was never joined ends the process by std::terminate.
#include <atomic>
#include <chrono>
#include <thread>

static void begin_thread();
#define ON_INIT begin_thread()
#define BREAKS_CLEANUP
#include "../base.h"

static std::atomic<bool> ends{false};
static std::thread worker;

static void begin_thread() {
  if (worker.joinable()) return;
  ends = false;
  worker = std::thread([] {
    while (!ends) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  });
}

void mvas_cleanup(void) {
  ends = true;
  if (worker.joinable()) worker.join();
  plugin.ready = 0;
}
