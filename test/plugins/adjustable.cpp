// A plugin whose manners are settings: it can drift from call to call or with the process, crash on a picture, take its time.
#include <mvas_plugin.hpp>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace {

class Adjustable : public mvas::Plugin {
 public:
  static constexpr mvas::Info info{"Adjustable", "3.2.1", "anomaly_detection", 32, 32, mvas::Format::gray};
  static constexpr bool needs_model = false;

  void init(const mvas::ModelPath &, mvas::Config &config) override {
    drift_ = config.add("drift", 0.0, {0, 1}, "added to the score with every call");
    marker_ = config.add("marker", "", "a file: the process that finds it scores 0.1 higher, the first one makes it");
    crash_ = config.add("crash_on", -1, {-1, 255}, "aborts when the first pixel has this value");
    busy_us_ = config.add("busy_us", 0, {0, 1000000}, "microseconds of work");
    threshold_ = config.add("threshold", 0.5, {0, 1}, "score from which a part fails");
    stray_ = marker_->empty() ? 0.0 : leave(*marker_);
  }

  mvas::Result infer(const mvas::ImageView &image) override {
    const auto start = std::chrono::steady_clock::now();
    const int first = image.gray(0, 0);
    if (first == crash_) std::abort();
    mvas::Result result;
    result.score = static_cast<float>(first) / 255.0f + static_cast<float>(drift_ * calls_++ + stray_);
    result.decision = result.score >= threshold_ ? mvas::Decision::fail : mvas::Decision::pass;
    result.confidence = 0.75f;
    result.details.set("calls", static_cast<double>(drift_ > 0 ? calls_ : 0));
    while (std::chrono::steady_clock::now() - start < std::chrono::microseconds(*busy_us_)) {
    }
    return result;
  }

 private:
  static double leave(const std::string &path) {
    if (std::FILE *found = std::fopen(path.c_str(), "rb")) {
      std::fclose(found);
      return 0.1;
    }
    if (std::FILE *made = std::fopen(path.c_str(), "wb")) std::fclose(made);
    return 0.0;
  }

  mvas::Setting<double> drift_, threshold_;
  mvas::Setting<int> crash_, busy_us_;
  mvas::Setting<std::string> marker_;
  double stray_ = 0;
  int calls_ = 0;
};

}  // namespace

MVAS_PLUGIN(Adjustable);
