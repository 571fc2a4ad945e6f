// What an author derives from, and the facts about a plugin that the compiler can check.
#ifndef MVAS_PLUGIN_BASE_HPP
#define MVAS_PLUGIN_BASE_HPP

#include <string_view>
#include <utility>
#include <vector>

#include "config.hpp"
#include "image.hpp"
#include "model_path.hpp"
#include "result.hpp"

namespace mvas {

/// Who the plugin is: `static constexpr mvas::Info info{…}` in the author's class.
struct Info {
  const char *name;
  const char *version;
  const char *model_type;         // an MVAS_MODEL_ string
  int input_width, input_height;  // pixels: the size the model works on
  Format input_format;            // always taken
  const char *author = nullptr;
  const char *description = nullptr;
};

/// Derive, define `static constexpr mvas::Info info`, override init and infer, and write MVAS_PLUGIN(YourClass) once.
/// The host makes one call at a time; an exception becomes a code and a text. An object is made for each mvas_init and
/// destroyed by mvas_cleanup or by the next successful mvas_init.
class Plugin {
 public:
  Plugin() = default;
  Plugin(const Plugin &) = delete;
  Plugin &operator=(const Plugin &) = delete;
  virtual ~Plugin() = default;

  /// Formats taken beside `info.input_format`: `static constexpr auto formats = mvas::accept(mvas::Format::gray, …)`.
  static constexpr Formats formats{};
  /// false: mvas_init works without a model path, and a missing file is left to `init`.
  static constexpr bool needs_model = true;
  /// More images in one mvas_infer_batch are UNSUPPORTED.
  static constexpr int32_t max_batch = INT32_MAX;

  /// Declares the configuration and loads the model; throw Error to fail. The file exists and is not empty.
  virtual void init(const ModelPath &model, Config &config) = 0;

  /// Inspects one image of an accepted format; throw Error to fail.
  virtual Result infer(const ImageView &image) = 0;

  /// Inspects several; override where the model can take them at once. The same results as single calls, in order.
  virtual std::vector<Result> infer_batch(const std::vector<ImageView> &images) {
    std::vector<Result> results;
    results.reserve(images.size());
    for (const ImageView &image : images) results.push_back(infer(image));
    return results;
  }

  /// Called for each iteration of mvas_warmup with a picture of input size filled with 128.
  virtual void warmup(const ImageView &image) { infer(image); }
};

namespace detail {

constexpr bool known_model_type(std::string_view type) noexcept {
  for (const std::string_view known :
       {MVAS_MODEL_ANOMALY_DETECTION, MVAS_MODEL_CLASSIFICATION, MVAS_MODEL_OBJECT_DETECTION, MVAS_MODEL_SEGMENTATION, MVAS_MODEL_OCR,
        MVAS_MODEL_MEASUREMENT, MVAS_MODEL_QUALITY_INSPECTION, MVAS_MODEL_REGRESSION})
    if (known == type) return true;
  return false;
}

constexpr bool has_text(const char *text) noexcept { return text != nullptr && *text != '\0'; }

constexpr MVASPluginInfo abi_info(Info info) noexcept {
  return {info.name, info.version, info.author, info.description, info.model_type, info.input_width, info.input_height, name(info.input_format)};
}

}  // namespace detail
}  // namespace mvas

#endif  // MVAS_PLUGIN_BASE_HPP
