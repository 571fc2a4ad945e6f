// A plugin that is floating point throughout: another compiler or other flags give it other last digits.
#include <mvas_plugin.hpp>
#include <mvas_vision.hpp>

#include <cmath>
#include <vector>

namespace {

constexpr int kCells = 64;
constexpr int kSide = 512;
constexpr int kWindow = kSide / kCells;

struct Moments {
  float mean, deviation;
};

/// Mean and standard deviation; the order of the sums is the compiler's business.
Moments moments(const std::vector<float> &values) {
  float sum = 0, squares = 0;
  for (const float value : values) sum += value;
  const float mean = sum / static_cast<float>(values.size());
  for (const float value : values) squares += (value - mean) * (value - mean);
  return {mean, std::sqrt(squares / static_cast<float>(values.size()))};
}

class Texture : public mvas::Plugin {
 public:
  static constexpr mvas::Info info{"Texture", "1.0.0", "anomaly_detection", kSide, kSide, mvas::Format::rgb};
  static constexpr bool needs_model = false;

  void init(const mvas::ModelPath &, mvas::Config &config) override {
    threshold_ = config.add("threshold", 0.5f, {0, 1}, "score from which a part fails");
    // another exponent is another plugin: what the comparison must find
    exponent_ = config.add("exponent", 1.0f, {0.1f, 10}, "how fast the score rises with the distance from the mean");
  }

  mvas::Result infer(const mvas::ImageView &image) override {
    std::vector<mvas::Rgb> pixels(static_cast<std::size_t>(kSide) * kSide);
    mvas::resize(image, {pixels.data(), kSide, kSide});
    mvas::Result result;
    const mvas::Plane<float> map = result.map(kCells, kCells);
    std::vector<float> spread(map.size());
    for (int y = 0; y < kCells; ++y)
      for (int x = 0; x < kCells; ++x) spread[static_cast<std::size_t>(y * kCells + x)] = std::log1p(window(pixels, x, y).deviation);
    const Moments all = moments(spread);
    for (std::size_t i = 0; i < spread.size(); ++i) {
      const float distance = std::fabs(spread[i] - all.mean) / (all.deviation + 1e-3f);
      map.data[i] = 1 - std::exp(-0.1f * std::pow(distance, *exponent_));
    }
    result.score = mvas::clamp_to_unit(map);
    result.decision = result.score >= threshold_ ? mvas::Decision::fail : mvas::Decision::pass;
    result.confidence = result.score;
    for (const mvas::Region &region : mvas::find_regions(map, threshold_, 2)) add_box(result, image, region);
    mvas::draw_heatmap(mvas::draw_image(result, image), map);
    result.details.set("mean", all.mean).set("deviation", all.deviation);
    return result;
  }

 private:
  static Moments window(const std::vector<mvas::Rgb> &pixels, int column, int row) {
    std::vector<float> values;
    values.reserve(kWindow * kWindow);
    for (int y = row * kWindow; y < (row + 1) * kWindow; ++y)
      for (int x = column * kWindow; x < (column + 1) * kWindow; ++x) {
        const mvas::Rgb at = pixels[static_cast<std::size_t>(y * kSide + x)];
        values.push_back(0.299f * at.r + 0.587f * at.g + 0.114f * at.b);
      }
    return moments(values);
  }

  static void add_box(mvas::Result &result, const mvas::ImageView &image, const mvas::Region &region) {
    const float across = static_cast<float>(image.width()) / kCells, down = static_cast<float>(image.height()) / kCells;
    result.add_box({region.x1 * across, region.y1 * down, region.x2 * across, region.y2 * down, region.peak});
  }

  mvas::Setting<float> threshold_, exponent_;
};

}  // namespace

MVAS_PLUGIN(Texture);
