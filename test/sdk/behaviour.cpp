// What the C++ layer promises, tried case by case on a plugin that misbehaves on demand: behaviour <case> <model file>
#include <mvas_plugin.hpp>

#include <clocale>
#include <iostream>
#include <map>
#include <set>
#include <thread>

namespace {

int alive = 0, most_alive = 0, warmups = 0, failures = 0;
std::string model_file;

/// What to do is the first byte of the image.
enum Order : std::uint8_t { inspect, unsupported, no_memory, standard, number, nan_score, silent, long_text, nan_box, nan_map, unset };

class Probe : public mvas::Plugin {
 public:
  static constexpr mvas::Info info{"Probe", "1.0.0", "anomaly_detection", 6, 4, mvas::Format::bgr};
  static constexpr auto formats = mvas::accept(mvas::Format::gray);
  static constexpr int32_t max_batch = 3;

  Probe() { most_alive = std::max(most_alive, ++alive); }
  ~Probe() override { --alive; }

 private:
  void init(const mvas::ModelPath &, mvas::Config &config) override {
    threshold_ = config.add("threshold", 0.5f, {0, 1}, "score from which a part fails");
    area_ = config.add("min_area", 16, {0, 1000});
    ratio_ = config.add("a.ratio", 0.25, {-2, 2});
    on_ = config.add("on", true);
    label_ = config.add("label", "");
    mode_ = config.add("mode", "heatmap", {"heatmap", "none"});
    if (label_.get() == "throw") throw std::runtime_error("told to fail");
  }

  mvas::Result infer(const mvas::ImageView &image) override {
    mvas::Result result;
    const std::uint8_t order = image.row(0)[0];
    const mvas::Plane<float> map = result.map(2, 2);
    map.at(1, 1) = 7;
    result.add_box({-5, 1, 2, 100, 2, 3});
    result.add_box({50, 1, 60, 2, 1, 0});
    result.visualization(3, 1).at(2, 0) = {1, 2, 3};
    result.details.set("threshold", *threshold_).set("text", "\"\n").set("deep", mvas::json::Object().set("on", *on_));
    result.score = 1.5f;
    result.decision = mvas::Decision::fail;
    switch (order) {
      case unsupported: throw mvas::Error(MVAS_ERROR_UNSUPPORTED, "not this one");
      case no_memory: throw std::bad_alloc();
      case standard: throw std::runtime_error("a standard exception");
      case number: throw 42;
      case nan_score: result.score = NAN; break;
      case silent: throw mvas::Error(0, "");
      case long_text: throw std::runtime_error(std::string(1020, 'x') + "\xFF" + "\xC3\xA9\xC3\xA9");
      case nan_box: result.add_box({NAN, 0, 1, 1, 1, 0}); break;
      case nan_map: map.at(0, 0) = NAN, mvas::clamp_to_unit(map); break;
      case unset: result.score = mvas::Setting<float>(); break;
      default: mvas::clamp_to_unit(map);
    }
    return result;
  }

  void warmup(const mvas::ImageView &image) override {
    warmups += image.width() == 6 && image.height() == 4 && image.format() == mvas::Format::bgr && image.rgb(5, 3).g == 128;
  }

  mvas::Setting<float> threshold_;
  mvas::Setting<int> area_;
  mvas::Setting<double> ratio_;
  mvas::Setting<bool> on_;
  mvas::Setting<std::string> label_, mode_;
};

template <class A, class B>
void expect(const A &actual, const B &expected, const char *what, int line) {
  if (actual == expected) return;
  std::cout << "line " << line << ": " << what << " is " << actual << ", not " << expected << '\n';
  ++failures;
}
#define EXPECT(actual, expected) expect(actual, expected, #actual, __LINE__)

std::string error() { return mvas_get_error(); }
std::string config() { return mvas_get_config() == nullptr ? "NULL" : mvas_get_config(); }
int32_t init(const char *json) { return mvas_init(model_file.c_str(), json); }
int32_t set(std::initializer_list<MVASConfigParam> params) { return mvas_set_config(params.begin(), static_cast<int32_t>(params.size())); }
bool says(const std::string &text, const char *part) { return text.find(part) != std::string::npos; }

struct Frame {
  explicit Frame(Order order = inspect, const char *format = "BGR", int channels = 3) : image{pixels, 6, 4, channels, 6 * channels, format} { pixels[0] = order; }
  std::uint8_t pixels[6 * 4 * 4] = {};
  MVASImage image;
};

MVASResult poisoned() {
  MVASResult result;
  std::memset(&result, 0xAA, sizeof result);
  return result;
}

bool empty(const MVASResult &r) {
  return !r.decision && !r.anomaly_map && !r.bboxes && !r.visualization && !r.details_json && r.anomaly_map_width == 0 && r.num_bboxes == 0 && r.viz_height == 0;
}

int32_t infer(const MVASImage &image) {
  MVASResult result = poisoned();
  const int32_t code = mvas_infer(&image, &result);
  if (code != MVAS_OK) EXPECT(empty(result), true);
  mvas_free_result(&result);
  mvas_free_result(&result);
  EXPECT(empty(result), true);
  return code;
}

void states() {
  Frame frame;
  MVASResult result = poisoned();
  EXPECT(error(), "");
  EXPECT(infer(frame.image), MVAS_ERROR_NOT_INITIALIZED);
  EXPECT(error(), "Plugin not initialized");
  EXPECT(mvas_infer(nullptr, nullptr), MVAS_ERROR_NOT_INITIALIZED);
  EXPECT(mvas_infer_batch(&frame.image, 1, &result), MVAS_ERROR_NOT_INITIALIZED);
  EXPECT(empty(result), true);
  EXPECT(mvas_set_config(nullptr, 0), MVAS_ERROR_NOT_INITIALIZED);
  EXPECT(mvas_warmup(1), MVAS_ERROR_NOT_INITIALIZED);
  EXPECT(config(), "NULL");
  mvas_cleanup();
  mvas_free_result(nullptr);
  const MVASPluginInfo *info = mvas_get_info();
  EXPECT(init("{}"), MVAS_OK);
  EXPECT(mvas_get_info(), info);
  EXPECT(std::string(info->input_format), "BGR");
  EXPECT(mvas_abi_version(), 2U << 16);
  EXPECT(infer(frame.image), MVAS_OK);
  mvas_cleanup();
  mvas_cleanup();
  EXPECT(alive, 0);
  EXPECT(infer(frame.image), MVAS_ERROR_NOT_INITIALIZED);
}

void reinit() {
  EXPECT(init("{\"label\": \"throw\"}"), MVAS_ERROR_INIT_FAILED);
  EXPECT(error(), "told to fail");
  EXPECT(alive, 0);
  EXPECT(init("{\"threshold\": 0.75}"), MVAS_OK);
  EXPECT(init("{\"threshold\": 2}"), MVAS_ERROR_INVALID_INPUT);
  EXPECT(init("{\"label\": \"throw\"}"), MVAS_ERROR_INIT_FAILED);
  EXPECT(mvas_init("/no/such/model", "{}"), MVAS_ERROR_MODEL_NOT_FOUND);
  EXPECT(says(config(), "\"threshold\": 0.75"), true);
  EXPECT(infer(Frame().image), MVAS_OK);
  most_alive = 0;
  EXPECT(init(nullptr), MVAS_OK);
  EXPECT(says(config(), "\"threshold\": 0.5"), true);
  EXPECT(most_alive, 2);
  EXPECT(alive, 1);
}

void models() {
  for (const char *path : {static_cast<const char *>(nullptr), "", "/no/such/model"}) EXPECT(mvas_init(path, "{}"), MVAS_ERROR_MODEL_NOT_FOUND);
  EXPECT(error(), "Failed to open model file /no/such/model: it does not exist");
  EXPECT(mvas_init((model_file + "/below-a-file").c_str(), "{}"), MVAS_ERROR_MODEL_NOT_FOUND);
  EXPECT(mvas_init(".", "{}"), MVAS_ERROR_INIT_FAILED);
  EXPECT(mvas_init("/dev/null", "{}"), MVAS_ERROR_INIT_FAILED);
  EXPECT(says(error(), "is empty"), true);
}

void initial_config() {
  for (const char *json : {static_cast<const char *>(nullptr), "", "{}", " {\"unknown\": [1, {\"deep\": null}]} "}) EXPECT(init(json), MVAS_OK);
  EXPECT(config(), R"({"threshold": 0.5, "min_area": 16, "a.ratio": 0.25, "on": true, "label": "", "mode": "heatmap"})");
  for (const char *json : {"[]", "null", "1", "{", "{} x", "{\"threshold\": 1.5}", "{\"threshold\": \"0.5\"}", "{\"threshold\": null}", "{\"min_area\": 1.5}",
                           "{\"min_area\": 1e12}", "{\"min_area\": true}", "{\"on\": 1}", "{\"label\": 3}", "{\"mode\": \"loud\"}", "{\"threshold\": NaN}"})
    EXPECT(init(json), MVAS_ERROR_INVALID_INPUT);
  EXPECT(init(R"({"threshold": 0.7, "min_area": 3.0, "a.ratio": -1.1e0, "on": false, "label": "\"\u00e9\n", "mode": "none"})"), MVAS_OK);
  EXPECT(config(), "{\"threshold\": 0.7, \"min_area\": 3, \"a.ratio\": -1.1, \"on\": false, \"label\": \"\\\"\xC3\xA9\\u000a\", \"mode\": \"none\"}");
  EXPECT(init("{\"threshold\": 3}"), MVAS_ERROR_INVALID_INPUT);
  EXPECT(error(), "configuration threshold (score from which a part fails) must be a number in 0..1, not 3");
}

void set_config() {
  EXPECT(init("{}"), MVAS_OK);
  const std::string before = config();
  EXPECT(mvas_set_config(nullptr, 0), MVAS_OK);
  EXPECT(mvas_set_config(nullptr, 1), MVAS_ERROR_INVALID_INPUT);
  EXPECT(mvas_set_config(nullptr, -1), MVAS_ERROR_INVALID_INPUT);
  for (const char *bad : {"", "nan", "inf", "1.", ".5", " 0.5", "0.5 ", "0,5", "0x1", "1.01", "-0.1", "abc", "1e999"})
    EXPECT(set({{"min_area", "5"}, {"threshold", bad}}), MVAS_ERROR_INVALID_INPUT);
  for (const char *bad : {"5.5", "99999999999", "-1", "true"}) EXPECT(set({{"min_area", bad}}), MVAS_ERROR_INVALID_INPUT);
  EXPECT(set({{"on", "1"}}), MVAS_ERROR_INVALID_INPUT);
  EXPECT(set({{"mode", "HEATMAP"}}), MVAS_ERROR_INVALID_INPUT);
  EXPECT(set({{"label", "\xFF"}}), MVAS_ERROR_INVALID_INPUT);
  EXPECT(set({{"threshold", "0.9"}, {"nobody", "1"}}), MVAS_ERROR_UNSUPPORTED);
  EXPECT(error(), "configuration has no key \"nobody\"");
  EXPECT(set({{"threshold", "0.9"}, {nullptr, "1"}}), MVAS_ERROR_INVALID_INPUT);
  EXPECT(set({{"threshold", "0.9"}, {"label", nullptr}}), MVAS_ERROR_INVALID_INPUT);
  EXPECT(config(), before);
  EXPECT(set({{"threshold", "0.9"}, {"min_area", "7"}, {"threshold", "0.125"}, {"on", "false"}, {"mode", "none"}, {"label", "x"}}), MVAS_OK);
  EXPECT(config(), R"({"threshold": 0.125, "min_area": 7, "a.ratio": 0.25, "on": false, "label": "x", "mode": "none"})");
  EXPECT(error(), "");
}

void comma_locale() {
  EXPECT(std::setlocale(LC_ALL, "de_DE.UTF-8") != nullptr, true);
  char text[8];
  std::snprintf(text, sizeof text, "%.1f", 0.5);
  EXPECT(std::string(text), "0,5");
  EXPECT(init("{\"threshold\": 0.25}"), MVAS_OK);
  EXPECT(set({{"a.ratio", "1.75"}}), MVAS_OK);
  EXPECT(set({{"a.ratio", "1,75"}}), MVAS_ERROR_INVALID_INPUT);
  EXPECT(says(config(), "\"threshold\": 0.25") && says(config(), "\"a.ratio\": 1.75"), true);
}

void exceptions() {
  EXPECT(init("{}"), MVAS_OK);
  EXPECT(infer(Frame(unsupported).image), MVAS_ERROR_UNSUPPORTED);
  EXPECT(error(), "not this one");
  EXPECT(infer(Frame(no_memory).image), MVAS_ERROR_OUT_OF_MEMORY);
  EXPECT(infer(Frame(standard).image), MVAS_ERROR_INFERENCE);
  EXPECT(error(), "a standard exception");
  EXPECT(infer(Frame(number).image), MVAS_ERROR_INFERENCE);
  EXPECT(error().empty(), false);
  EXPECT(infer(Frame(silent).image), MVAS_ERROR_INFERENCE);
  EXPECT(error().empty(), false);
  for (const Order order : {nan_score, nan_box, nan_map, unset}) EXPECT(infer(Frame(order).image), MVAS_ERROR_INFERENCE);
  EXPECT(infer(Frame(long_text).image), MVAS_ERROR_INFERENCE);
  EXPECT(error(), std::string(1020, 'x') + "?\xC3\xA9");
  EXPECT(infer(Frame().image), MVAS_OK);
  EXPECT(error(), "");
}

void error_per_thread() {
  EXPECT(init("[]"), MVAS_ERROR_INVALID_INPUT);
  const char *mine = mvas_get_error();
  const std::string before = mine;
  std::string theirs = "?";
  std::thread([&] {
    theirs = error();
    EXPECT(init("{}"), MVAS_OK);
    EXPECT(infer(Frame(standard).image), MVAS_ERROR_INFERENCE);
  }).join();
  EXPECT(theirs, "");
  EXPECT(std::string(mine), before);
  EXPECT(infer(Frame().image), MVAS_OK);
}

void refused_images() {
  EXPECT(init("{}"), MVAS_OK);
  const auto changed = [](auto change) {
    Frame frame;
    change(frame.image);
    return infer(frame.image);
  };
  EXPECT(mvas_infer(nullptr, nullptr), MVAS_ERROR_INVALID_INPUT);
  EXPECT(changed([](MVASImage &i) { i.data = nullptr; }), MVAS_ERROR_INVALID_INPUT);
  EXPECT(changed([](MVASImage &i) { i.format = nullptr; }), MVAS_ERROR_INVALID_INPUT);
  for (const int32_t size : {0, -1, INT32_MIN}) {
    EXPECT(changed([size](MVASImage &i) { i.width = size; }), MVAS_ERROR_INVALID_INPUT);
    EXPECT(changed([size](MVASImage &i) { i.height = size; }), MVAS_ERROR_INVALID_INPUT);
    EXPECT(changed([size](MVASImage &i) { i.channels = size; }), MVAS_ERROR_INVALID_INPUT);
    EXPECT(changed([size](MVASImage &i) { i.stride = size; }), MVAS_ERROR_INVALID_INPUT);
  }
  EXPECT(changed([](MVASImage &i) { i.stride = 17; }), MVAS_ERROR_INVALID_INPUT);
  EXPECT(changed([](MVASImage &i) { i.width = i.height = 65536, i.stride = 65536 * 3; }), MVAS_ERROR_INVALID_INPUT);
  EXPECT(changed([](MVASImage &i) { i.width = INT32_MAX, i.stride = INT32_MAX; }), MVAS_ERROR_INVALID_INPUT);
  for (const char *format : {"", "bgr", "B", "BG", "BGRA", "GRAYX", "GRA", "R", "RGBAX", "YUV"})
    EXPECT(changed([format](MVASImage &i) { i.format = format; }), MVAS_ERROR_INVALID_INPUT);
  EXPECT(changed([](MVASImage &i) { i.format = "RGB"; }), MVAS_ERROR_UNSUPPORTED);
  EXPECT(infer(Frame(inspect, "RGBA", 4).image), MVAS_ERROR_UNSUPPORTED);
  EXPECT(infer(Frame(inspect, "GRAY", 1).image), MVAS_OK);
  EXPECT(infer(Frame(inspect, "GRAY", 3).image), MVAS_ERROR_INVALID_INPUT);
  EXPECT(infer(Frame(inspect, "RGB", 1).image), MVAS_OK);
  EXPECT(infer(Frame(inspect, "RGB", 4).image), MVAS_ERROR_INVALID_INPUT);
}

void views() {
  using mvas::Format;
  std::uint8_t bytes[2 * 11] = {};
  for (std::size_t i = 0; i < sizeof bytes; ++i) bytes[i] = static_cast<std::uint8_t>(i);
  const auto at = [&](Format format, int x, int y) { return mvas::ImageView(bytes, 2, 2, 11, format).rgb(x, y); };
  const auto text = [](mvas::Rgb p) { return std::to_string(p.r) + " " + std::to_string(p.g) + " " + std::to_string(p.b); };
  EXPECT(text(at(Format::rgb, 1, 1)), "14 15 16");
  EXPECT(text(at(Format::bgr, 1, 1)), "16 15 14");
  EXPECT(text(at(Format::gray, 1, 1)), "12 12 12");
  EXPECT(text(at(Format::rgba, 1, 1)), "15 16 17");
  const mvas::ImageView rgba(bytes, 2, 2, 11, Format::rgba);
  const mvas::Image bgr = rgba.to<Format::bgr>(), grey = rgba.to<Format::gray>(), back = bgr.view().to<Format::rgba>(), same = rgba.to<Format::rgba>();
  EXPECT(text(bgr.view().rgb(0, 1)), "11 12 13");
  EXPECT(static_cast<int>(bgr.data()[6]), 13);
  EXPECT(static_cast<int>(grey.data()[3]), static_cast<int>(mvas::luminance({15, 16, 17})));
  EXPECT(static_cast<int>(back.data()[15]), 255);
  EXPECT(static_cast<int>(same.data()[8]), 11);
  EXPECT(same.size(), 16U);
  EXPECT(static_cast<int>(mvas::luminance({255, 255, 255})), 255);
}

void results() {
  EXPECT(init("{}"), MVAS_OK);
  MVASResult r = poisoned();
  Frame frame;
  EXPECT(mvas_infer(&frame.image, &r), MVAS_OK);
  EXPECT(std::string(r.decision), "fail");
  EXPECT(r.anomaly_score, 1.0f);
  EXPECT(r.confidence, 0.0f);
  EXPECT(r.inference_time_ms >= 0 && r.inference_time_ms < 1e6f, true);
  EXPECT(r.anomaly_map_width * 10 + r.anomaly_map_height, 22);
  EXPECT(r.anomaly_map[3], 1.0f);
  EXPECT(r.num_bboxes, 1);
  EXPECT(std::vector<float>(r.bboxes, r.bboxes + 6) == std::vector<float>({0, 1, 2, 4, 1, 3}), true);
  EXPECT(r.viz_width * 10 + r.viz_height, 31);
  EXPECT(static_cast<int>(r.visualization[8]), 3);
  EXPECT(std::string(r.details_json), R"({"threshold": 0.5, "text": "\"\u000a", "deep": {"on": true}})");
  mvas_cleanup();
  EXPECT(r.anomaly_map[3], 1.0f);
  mvas_free_result(&r);
  mvas_free_result(&r);
  EXPECT(empty(r), true);
}

void batches() {
  EXPECT(init("{}"), MVAS_OK);
  Frame frames[2] = {Frame(), Frame()};
  const MVASImage images[4] = {frames[0].image, frames[1].image, frames[0].image, frames[0].image};
  MVASResult r[4] = {poisoned(), poisoned(), poisoned(), poisoned()};
  EXPECT(mvas_infer_batch(images, 3, r), MVAS_OK);
  EXPECT((std::set<const void *>{r[0].anomaly_map, r[1].anomaly_map, r[2].anomaly_map, r[0].bboxes, r[1].bboxes, r[2].bboxes}.size()), 6U);
  for (MVASResult &one : r) {
    if (&one == &r[3]) continue;
    EXPECT(one.anomaly_score, 1.0f);
    mvas_free_result(&one);
  }
  EXPECT(mvas_infer_batch(images, 4, r), MVAS_ERROR_UNSUPPORTED);
  frames[1].pixels[0] = standard;
  for (MVASResult &one : r) one = poisoned();
  EXPECT(mvas_infer_batch(images, 3, r), MVAS_ERROR_INFERENCE);
  for (int i = 0; i < 3; ++i) EXPECT(empty(r[i]), true);
  frames[1].pixels[0] = nan_score;
  EXPECT(mvas_infer_batch(images, 3, r), MVAS_ERROR_INFERENCE);
  for (int i = 0; i < 3; ++i) EXPECT(empty(r[i]), true);
  EXPECT(mvas_infer_batch(nullptr, 0, nullptr), MVAS_OK);
  EXPECT(mvas_infer_batch(images, -1, r), MVAS_ERROR_INVALID_INPUT);
  EXPECT(mvas_infer_batch(nullptr, 1, r), MVAS_ERROR_INVALID_INPUT);
  EXPECT(mvas_infer_batch(images, 1, nullptr), MVAS_ERROR_INVALID_INPUT);
}

void warmup() {
  EXPECT(init("{}"), MVAS_OK);
  const std::string before = config();
  EXPECT(mvas_warmup(-1), MVAS_ERROR_INVALID_INPUT);
  EXPECT(mvas_warmup(0), MVAS_OK);
  EXPECT(warmups, 0);
  EXPECT(mvas_warmup(5), MVAS_OK);
  EXPECT(warmups, 5);
  EXPECT(config(), before);
}

}  // namespace

MVAS_PLUGIN(Probe);

int main(int count, char **arguments) {
  const std::map<std::string, void (*)()> cases = {
      {"states", states}, {"reinit", reinit}, {"models", models}, {"initial-config", initial_config}, {"set-config", set_config},
      {"comma-locale", comma_locale}, {"exceptions", exceptions}, {"error-per-thread", error_per_thread}, {"refused-images", refused_images},
      {"views", views}, {"results", results}, {"batches", batches}, {"warmup", warmup}};
  const auto found = count == 3 ? cases.find(arguments[1]) : cases.end();
  if (found == cases.end()) return 2;
  model_file = arguments[2];
  found->second();
  mvas_cleanup();
  if (alive != 0) std::cout << alive << " plugins are alive after cleanup\n";
  return failures == 0 && alive == 0 ? 0 : 1;
}
