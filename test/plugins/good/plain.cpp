// A correct plugin in C++ without the SDK's layer: the five required functions alone; results live until the next inspection.
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <memory>
#include <new>
#include <stdexcept>

#include "brightness_model.h"

namespace {

constexpr int side = 8;
constexpr MVASPluginInfo info{"Plain C++ brightness", "0.9.0", nullptr, nullptr, MVAS_MODEL_SEGMENTATION, 32, 32, MVAS_FORMAT_GRAY};

struct Failure {
  int32_t code;
  const char *text;
};

struct Inspector {
  BrightnessModel model;
  double threshold;
  std::array<float, side * side> map;
};

// A raw pointer: nothing is destroyed when the process ends without mvas_cleanup.
Inspector *inspector = nullptr;
double wanted_threshold = 0.5;
thread_local char error_text[128];

template <class F>
int32_t guard(int32_t unknown, F action) noexcept {
  const auto fail = [](int32_t code, const char *text) {
    std::snprintf(error_text, sizeof error_text, "%s", text);
    return code;
  };
  try {
    action();
    error_text[0] = '\0';
    return MVAS_OK;
  } catch (const Failure &failure) {
    return fail(failure.code, failure.text);
  } catch (const std::bad_alloc &) {
    return fail(MVAS_ERROR_OUT_OF_MEMORY, "out of memory");
  } catch (...) {
    return fail(unknown, "unexpected exception");
  }
}

int32_t want(const char *key, double value) {
  if (std::strcmp(key, "threshold") != 0) return MVAS_OK;
  if (!(value >= 0 && value <= 1)) return MVAS_ERROR_INVALID_INPUT;
  wanted_threshold = value;
  return MVAS_OK;
}

void check(const MVASImage *image) {
  const auto require = [](bool condition, int32_t code, const char *text) {
    if (!condition) throw Failure{code, text};
  };
  require(image != nullptr && image->data != nullptr && image->format != nullptr, MVAS_ERROR_INVALID_INPUT, "image, data or format is NULL");
  require(image->width > 0 && image->height > 0, MVAS_ERROR_INVALID_INPUT, "width and height must be positive");
  const std::array<const char *, 4> formats{MVAS_FORMAT_GRAY, MVAS_FORMAT_RGB, MVAS_FORMAT_BGR, MVAS_FORMAT_RGBA};
  const auto is = [image](const char *format) { return std::strcmp(image->format, format) == 0; };
  require(std::any_of(formats.begin(), formats.end(), is), MVAS_ERROR_INVALID_INPUT, "unknown image format");
  // Hosts in the field call a grey image "RGB" with one channel.
  const bool grey = is(MVAS_FORMAT_GRAY) || (is(MVAS_FORMAT_RGB) && image->channels == 1);
  const int channels = grey ? 1 : is(MVAS_FORMAT_RGBA) ? 4 : 3;
  require(image->channels == channels, MVAS_ERROR_INVALID_INPUT, "channels do not fit the format");
  require(image->stride >= std::int64_t{image->width} * channels, MVAS_ERROR_INVALID_INPUT, "stride is shorter than a row");
  require(std::int64_t{image->width} * channels <= INT32_MAX / image->height, MVAS_ERROR_INVALID_INPUT, "image is too large");
  require(grey, MVAS_ERROR_UNSUPPORTED, "only GRAY images are supported");
}

void inspect(const MVASImage &image, MVASResult &result) {
  const auto start = std::chrono::steady_clock::now();
  int peak = 0;
  for (int i = 0; i < side * side; ++i) {
    const std::ptrdiff_t x = std::int64_t{i % side} * image.width / side, y = std::int64_t{i / side} * image.height / side;
    const int value = std::clamp(image.data[y * image.stride + x] * inspector->model.gain / 256 + inspector->model.offset, 0, 255);
    inspector->map[static_cast<std::size_t>(i)] = static_cast<float>(value) / 255.0f;
    peak = std::max(peak, value);
  }
  result.anomaly_score = static_cast<float>(peak) / 255.0f;
  result.decision = result.anomaly_score >= static_cast<float>(inspector->threshold) ? MVAS_DECISION_FAIL : MVAS_DECISION_PASS;
  result.confidence = std::max(result.anomaly_score, 1 - result.anomaly_score);
  result.anomaly_map = inspector->map.data();
  result.anomaly_map_width = result.anomaly_map_height = side;
  result.inference_time_ms = std::chrono::duration<float, std::milli>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace

const MVASPluginInfo *mvas_get_info(void) { return &info; }

const char *mvas_get_error(void) { return error_text; }

int32_t mvas_init(const char *model_path, const char *config_json) {
  return guard(MVAS_ERROR_INIT_FAILED, [&] {
    BrightnessModel model;
    const int32_t found = read_brightness_model(model_path, &model);
    if (found == MVAS_ERROR_MODEL_NOT_FOUND) throw Failure{found, "Failed to open model file: it does not exist"};
    if (found != MVAS_OK) throw Failure{found, "Failed to open model file: it is no brightness model"};
    wanted_threshold = 0.5;
    const int32_t read = read_json_numbers(config_json, want);
    if (read != MVAS_OK) throw Failure{read, "configuration is not a JSON object with threshold in 0..1"};
    auto next = std::make_unique<Inspector>(Inspector{model, wanted_threshold, {}});
    delete inspector;
    inspector = next.release();
  });
}

int32_t mvas_infer(const MVASImage *image, MVASResult *result) {
  if (result != nullptr) *result = MVASResult{};
  return guard(MVAS_ERROR_INFERENCE, [&] {
    if (inspector == nullptr) throw Failure{MVAS_ERROR_NOT_INITIALIZED, "Plugin not initialized"};
    if (result == nullptr) throw Failure{MVAS_ERROR_INVALID_INPUT, "result is NULL"};
    check(image);
    inspect(*image, *result);
  });
}

void mvas_cleanup(void) {
  delete inspector;
  inspector = nullptr;
}
