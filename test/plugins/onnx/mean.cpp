// A plugin around an ONNX model of 1x3x8x8 values that gives an 8x8 map: it tests mvas_onnxruntime.hpp.
#include <mvas_onnxruntime.hpp>
#include <mvas_plugin.hpp>

namespace {

class Mean : public mvas::Plugin {
 public:
  static constexpr mvas::Info info{"Mean by ONNX", "1.0.0", "anomaly_detection", 8, 8, mvas::Format::rgb};

 private:
  void init(const mvas::ModelPath &model, mvas::Config &config) override {
    const mvas::Setting<int> threads = config.add("threads", 0, {0, 64}, "threads of one inference");
    mvas::onnx::Options options;
    options.threads = threads;
    options.input = {1, 3, 8, 8};
    options.output = {1, 8, 8};
    session_ = mvas::onnx::Session(model, options);
  }

  mvas::Result infer(const mvas::ImageView &image) override {
    float *input = session_.input<float>();
    for (int y = 0; y < 8; ++y)
      for (int x = 0; x < 8; ++x) {
        const mvas::Rgb p = image.rgb(x * image.width() / 8, y * image.height() / 8);
        const std::uint8_t values[] = {p.r, p.g, p.b};
        for (int c = 0; c < 3; ++c) input[(c * 8 + y) * 8 + x] = static_cast<float>(values[c]) / 255.0f;
      }
    session_.run();
    const auto output = session_.output<float>();
    mvas::Result result;
    const mvas::Plane<float> map = result.map(8, 8);
    std::copy_n(output.data, map.size(), map.data);
    result.score = mvas::clamp_to_unit(map);
    result.decision = result.score > 0.5f ? mvas::Decision::fail : mvas::Decision::pass;
    return result;
  }

  mvas::onnx::Session session_;
};

}  // namespace

MVAS_PLUGIN(Mean);
