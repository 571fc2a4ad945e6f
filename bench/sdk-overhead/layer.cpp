// A plugin on the C++ layer that does nothing of its own.
#include <mvas_plugin.hpp>

namespace {

class Nothing : public mvas::Plugin {
 public:
  static constexpr mvas::Info info{"Nothing", "1.0.0", "anomaly_detection", 64, 64, mvas::Format::rgb};
  static constexpr bool needs_model = false;
  void init(const mvas::ModelPath &, mvas::Config &) override {}
  mvas::Result infer(const mvas::ImageView &image) override {
    mvas::Result result;
    result.decision = image.width() == 64 ? mvas::Decision::pass : mvas::Decision::fail;
    return result;
  }
};

}  // namespace

MVAS_PLUGIN(Nothing);
