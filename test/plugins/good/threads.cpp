// A correct plugin with threads of its own: each fills its rows of the map; all are joined by mvas_cleanup.
#include <mvas_plugin.hpp>

#include <algorithm>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "brightness_model.h"

namespace {

/// Runs one job on all threads at once and waits for the last.
class Crew {
 public:
  explicit Crew(int size) {
    try {
      for (int i = 0; i < size; ++i) threads_.emplace_back([this, i] { work(i); });
    } catch (...) {
      end();
      throw;
    }
  }
  ~Crew() { end(); }
  Crew(const Crew &) = delete;
  Crew &operator=(const Crew &) = delete;

  int size() const { return static_cast<int>(threads_.size()); }

  void run(std::function<void(int)> job) {
    std::unique_lock lock(mutex_);
    job_ = std::move(job);
    left_ = size();
    ++round_;
    changed_.notify_all();
    changed_.wait(lock, [this] { return left_ == 0; });
  }

 private:
  void work(int index) {
    std::unique_lock lock(mutex_);
    for (int seen = 0;; seen = round_) {
      changed_.wait(lock, [&] { return ended_ || round_ != seen; });
      if (ended_) return;
      lock.unlock();
      job_(index);
      lock.lock();
      if (--left_ == 0) changed_.notify_all();
    }
  }

  void end() {
    {
      const std::lock_guard lock(mutex_);
      ended_ = true;
    }
    changed_.notify_all();
    for (std::thread &thread : threads_) thread.join();
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::function<void(int)> job_;
  int round_ = 0, left_ = 0;
  bool ended_ = false;
  std::vector<std::thread> threads_;
};

class Threaded : public mvas::Plugin {
 public:
  static constexpr mvas::Info info{"Threaded brightness", "1.0.0", "anomaly_detection", 64, 64, mvas::Format::rgb};
  static constexpr auto formats = mvas::accept(mvas::Format::bgr, mvas::Format::gray, mvas::Format::rgba);

  void init(const mvas::ModelPath &model, mvas::Config &config) override {
    threshold_ = config.add("threshold", 0.5f, {0, 1}, "score from which a part fails");
    threads_ = config.add("threads", 2, {1, 8}, "threads that share the rows");
    const int32_t code = read_brightness_model(model.utf8().c_str(), &model_);
    if (code != MVAS_OK) throw mvas::Error(code, "Failed to open model file " + model.utf8() + ": it is no brightness model");
    crew_ = std::make_unique<Crew>(threads_);
  }

  mvas::Result infer(const mvas::ImageView &image) override {
    mvas::Result result;
    const mvas::Plane<float> map = result.map(16, 16);
    if (crew_->size() != *threads_) crew_ = std::make_unique<Crew>(*threads_);
    const int count = crew_->size();
    crew_->run([&](int index) {
      for (int y = index; y < map.height; y += count)
        for (int x = 0; x < map.width; ++x) {
          const int column = static_cast<int>(std::int64_t{x} * image.width() / map.width);
          const int row = static_cast<int>(std::int64_t{y} * image.height() / map.height);
          map.at(x, y) = static_cast<float>(image.gray(column, row) * model_.gain / 256 + model_.offset) / 255.0f;
        }
    });
    result.score = mvas::clamp_to_unit(map);
    result.decision = result.score >= threshold_ ? mvas::Decision::fail : mvas::Decision::pass;
    result.confidence = std::max(result.score, 1 - result.score);
    return result;
  }

 private:
  mvas::Setting<float> threshold_;
  mvas::Setting<int> threads_;
  BrightnessModel model_{};
  std::unique_ptr<Crew> crew_;
};

}  // namespace

MVAS_PLUGIN(Threaded);
