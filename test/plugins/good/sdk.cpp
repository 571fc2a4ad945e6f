// A correct plugin on the C++ layer: all formats, batch, every type of configuration, map, boxes, picture and details.
#include <mvas_plugin.hpp>

#include <cstdio>
#include <numeric>

namespace {

class Brightness : public mvas::Plugin {
 public:
  static constexpr mvas::Info info{"SDK brightness", "1.2.0", "anomaly_detection", 64, 48, mvas::Format::rgb, "MVAS plugin kit", "Brightness by the C++ layer"};
  static constexpr auto formats = mvas::accept(mvas::Format::bgr, mvas::Format::gray, mvas::Format::rgba);
  static constexpr int32_t max_batch = 64;

  void init(const mvas::ModelPath &model, mvas::Config &config) override {
    threshold_ = config.add("threshold", 0.5f, {0, 1}, "score from which a part fails");
    review_ratio_ = config.add("review_ratio", 0.6, {0, 1}, "share of the threshold from which a part is reviewed");
    cells_ = config.add("map.cells", 16, {1, 256}, "columns and rows of the map");
    boxes_ = config.add("boxes", true, "report bright cells as boxes");
    picture_ = config.add("visualization_type", "heatmap", {"heatmap", "none"}, "what to draw");
    label_ = config.add("label", "", "free text in the details");
    const std::vector<char> bytes = model.read();
    int end = 0;
    const std::string text(bytes.begin(), bytes.end());
    if (std::sscanf(text.c_str(), "mvas brightness model 1\n%d %d\nend\n%n", &gain_, &offset_, &end) != 2 || static_cast<std::size_t>(end) != bytes.size())
      throw mvas::Error(MVAS_ERROR_INIT_FAILED, "Failed to open model file " + model.utf8() + ": it is no brightness model");
  }

  mvas::Result infer(const mvas::ImageView &image) override {
    mvas::Result result;
    const mvas::Plane<float> map = result.map(cells_, cells_);
    for (int y = 0; y < map.height; ++y)
      for (int x = 0; x < map.width; ++x) map.at(x, y) = cell(image, x, y);
    mvas::clamp_to_unit(map);
    result.score = std::accumulate(map.begin(), map.end(), 0.0f) / static_cast<float>(map.size());
    decide(result);
    if (boxes_) add_boxes(result, image);
    if (*picture_ == "heatmap") draw(result);
    result.details.set("mean", result.score).set("format", mvas::name(image.format())).set("label", *label_);
    return result;
  }

 private:
  float cell(const mvas::ImageView &image, int x, int y) const {
    const auto place = [this](int at, int size) { return static_cast<int>(static_cast<std::int64_t>(at) * size / *cells_); };
    const int grey = image.gray(place(x, image.width()), place(y, image.height())) * gain_ / 256 + offset_;
    return static_cast<float>(grey) / 255.0f;
  }

  void decide(mvas::Result &result) const {
    result.decision = result.score >= threshold_                   ? mvas::Decision::fail
                      : result.score >= threshold_ * *review_ratio_ ? mvas::Decision::review
                                                                    : mvas::Decision::pass;
    result.confidence = result.decision == mvas::Decision::pass ? 1 - result.score : result.score;
  }

  void add_boxes(mvas::Result &result, const mvas::ImageView &image) const {
    const mvas::Plane<float> map = result.map();
    const float width = static_cast<float>(image.width()) / static_cast<float>(map.width);
    const float height = static_cast<float>(image.height()) / static_cast<float>(map.height);
    for (int i = 0; i < map.width; ++i) {
      const float score = map.at(i, i), at = static_cast<float>(i);
      if (score >= threshold_) result.add_box({at * width, at * height, (at + 1) * width, (at + 1) * height, score});
    }
  }

  static void draw(mvas::Result &result) {
    const mvas::Plane<float> map = result.map();
    const mvas::Plane<mvas::Rgb> picture = result.visualization(map.width, map.height);
    for (std::size_t i = 0; i < map.size(); ++i) picture.data[i] = {static_cast<std::uint8_t>(map.data[i] * 255), 0, 0};
  }

  mvas::Setting<float> threshold_;
  mvas::Setting<double> review_ratio_;
  mvas::Setting<int> cells_;
  mvas::Setting<bool> boxes_;
  mvas::Setting<std::string> picture_, label_;
  int gain_ = 256, offset_ = 0;
};

}  // namespace

MVAS_PLUGIN(Brightness);
