// The functions of the contract over an author's class: arguments, states, exceptions, ownership, once for all plugins.
#ifndef MVAS_EXPORTS_HPP
#define MVAS_EXPORTS_HPP

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "plugin.hpp"

namespace mvas::detail {

/// The object behind one library. It has no constructor or destructor that runs at load or exit: the order of those
/// among libraries is nobody's to know. Without mvas_cleanup the process ends with the plugin still ready.
template <class P>
class Exports {
  static_assert(has_text(P::info.name) && has_text(P::info.version), "info needs a name and a version");
  static_assert(known_model_type(P::info.model_type), "info.model_type is not one of the contract's");
  static_assert(P::info.input_width > 0 && P::info.input_height > 0, "info needs the input size in pixels");
  static_assert(P::max_batch >= 1, "max_batch must be at least 1");

 public:
  int32_t init(ErrorText &error, const char *model_path, const char *config_json) noexcept {
    return guard(error, MVAS_ERROR_INIT_FAILED, [&] {
      const std::string path = model_path == nullptr ? "" : model_path, text = config_json == nullptr ? "" : config_json;
      json::Value values = text.empty() ? json::Value{} : json::parse(text);
      if (!text.empty() && values.kind != json::Kind::object)
        throw Error(MVAS_ERROR_INVALID_INPUT, std::string("configuration must be a JSON object, not ") + json::name(values.kind));
      const ModelPath model(path);
      if (P::needs_model) model.check();
      auto next = std::make_unique<Loaded>(std::move(values));
      next->base().init(model, next->config);
      delete std::exchange(loaded_, next.release());
    });
  }

  int32_t infer(ErrorText &error, const MVASImage *image, MVASResult *result) noexcept {
    if (result != nullptr) *result = MVASResult{};
    if (loaded_ == nullptr) return not_initialized(error);
    return guard(error, MVAS_ERROR_INFERENCE, [&] {
      if (result == nullptr) throw Error(MVAS_ERROR_INVALID_INPUT, "result is NULL");
      const auto start = Clock::now();
      const ImageView view = check_image(image, accepted);
      Result found = loaded_->base().infer(view);
      std::move(found).hand_over(*result, view, since(start));
    });
  }

  int32_t infer_batch(ErrorText &error, const MVASImage *images, int32_t count, MVASResult *results) noexcept {
    for (int32_t i = 0; results != nullptr && i < count; ++i) results[i] = MVASResult{};
    if (loaded_ == nullptr) return not_initialized(error);
    const int32_t code = guard(error, MVAS_ERROR_INFERENCE, [&] { run_batch(images, count, results); });
    for (int32_t i = 0; code != MVAS_OK && results != nullptr && i < count; ++i) free_result(&results[i]);
    return code;
  }

  int32_t set_config(ErrorText &error, const MVASConfigParam *params, int32_t count) noexcept {
    if (loaded_ == nullptr) return not_initialized(error);
    return guard(error, MVAS_ERROR_INVALID_INPUT, [&] {
      check_count(count, params != nullptr, "configuration entries");
      loaded_->config.set(params, count);
    });
  }

  /// NULL in the state unloaded, where the plugin has declared nothing yet, and when memory is out.
  const char *get_config() noexcept {
    if (loaded_ == nullptr) return nullptr;
    try {
      loaded_->text = loaded_->config.text();
    } catch (...) {
      return nullptr;
    }
    return loaded_->text.c_str();
  }

  int32_t warmup(ErrorText &error, int32_t iterations) noexcept {
    if (loaded_ == nullptr) return not_initialized(error);
    return guard(error, MVAS_ERROR_INFERENCE, [&] {
      if (iterations < 0) throw Error(MVAS_ERROR_INVALID_INPUT, number_text(iterations) + " iterations");
      if (iterations == 0) return;
      Image grey(P::info.input_width, P::info.input_height, P::info.input_format);
      std::memset(grey.data(), 128, grey.size());
      for (int32_t i = 0; i < iterations; ++i) loaded_->base().warmup(grey.view());
    });
  }

  void cleanup() noexcept { delete std::exchange(loaded_, nullptr); }

  static void free_result(MVASResult *result) noexcept {
    if (result == nullptr) return;
    if (result->anomaly_map != nullptr) std::free(result->anomaly_map);
    if (result->bboxes != nullptr) std::free(result->bboxes);
    if (result->visualization != nullptr) std::free(result->visualization);
    if (result->details_json != nullptr) std::free(const_cast<char *>(result->details_json));
    *result = MVASResult{};
  }

 private:
  using Clock = std::chrono::steady_clock;

  /// The plugin goes first when both are destroyed: it holds handles into the configuration.
  struct Loaded {
    explicit Loaded(json::Value values) : config(std::move(values)) {}
    Config config;
    P plugin;
    std::string text;
    /// Authors may keep their overrides private.
    Plugin &base() noexcept { return plugin; }
  };

  static constexpr Formats accepted{P::formats.bits | accept(P::info.input_format).bits};

  static float since(Clock::time_point start) noexcept { return std::chrono::duration<float, std::milli>(Clock::now() - start).count(); }

  static int32_t fail(ErrorText &error, int32_t code, const char *text) noexcept {
    error.set(has_text(text) ? text : "the plugin gave no reason");
    return code;
  }

  static int32_t not_initialized(ErrorText &error) noexcept { return fail(error, MVAS_ERROR_NOT_INITIALIZED, "Plugin not initialized"); }

  template <class F>
  static int32_t guard(ErrorText &error, int32_t unknown, F &&action) noexcept {
    try {
      action();
      error.clear();
      return MVAS_OK;
    } catch (const Error &e) {
      return fail(error, e.code(), e.what());
    } catch (const std::bad_alloc &) {
      return fail(error, MVAS_ERROR_OUT_OF_MEMORY, "out of memory");
    } catch (const std::exception &e) {
      return fail(error, unknown, e.what());
    } catch (...) {
      return fail(error, unknown, "the plugin threw something that is no std::exception");
    }
  }

  static void check_count(int32_t count, bool given, const char *what) {
    if (count < 0) throw Error(MVAS_ERROR_INVALID_INPUT, number_text(count) + " " + what);
    if (count > 0 && !given) throw Error(MVAS_ERROR_INVALID_INPUT, number_text(count) + " " + what + ", but the array is NULL");
  }

  void run_batch(const MVASImage *images, int32_t count, MVASResult *results) {
    check_count(count, images != nullptr && results != nullptr, "images");
    if (count > P::max_batch) throw Error(MVAS_ERROR_UNSUPPORTED, number_text(count) + " images, at most " + number_text(P::max_batch));
    if (count == 0) return;
    const auto start = Clock::now();
    std::vector<ImageView> views;
    views.reserve(static_cast<std::size_t>(count));
    for (int32_t i = 0; i < count; ++i) views.push_back(check_image(&images[i], accepted));
    std::vector<Result> found = loaded_->base().infer_batch(views);
    if (found.size() != views.size()) throw Error(MVAS_ERROR_INFERENCE, "the batch returned another number of results than images");
    const float each = since(start) / static_cast<float>(count);
    for (std::size_t i = 0; i < views.size(); ++i) std::move(found[i]).hand_over(results[i], views[i], each);
  }

  Loaded *loaded_ = nullptr;
};

}  // namespace mvas::detail

/// Defines all functions of the contract for one class; write it once, in one source file, outside every namespace.
#define MVAS_PLUGIN(Class)                                                                                                      \
  namespace {                                                                                                                   \
  constexpr MVASPluginInfo mvas_info = mvas::detail::abi_info(Class::info);                                                     \
  mvas::detail::Exports<Class> mvas_exports;                                                                                    \
  thread_local mvas::detail::ErrorText mvas_error;                                                                              \
  }                                                                                                                             \
  const MVASPluginInfo *MVAS_CALL mvas_get_info(void) { return &mvas_info; }                                                    \
  int32_t MVAS_CALL mvas_init(const char *model_path, const char *config_json) {                                                \
    return mvas_exports.init(mvas_error, model_path, config_json);                                                              \
  }                                                                                                                             \
  int32_t MVAS_CALL mvas_infer(const MVASImage *image, MVASResult *result) { return mvas_exports.infer(mvas_error, image, result); } \
  int32_t MVAS_CALL mvas_infer_batch(const MVASImage *images, int32_t num_images, MVASResult *results) {                        \
    return mvas_exports.infer_batch(mvas_error, images, num_images, results);                                                   \
  }                                                                                                                             \
  int32_t MVAS_CALL mvas_set_config(const MVASConfigParam *params, int32_t num_params) {                                        \
    return mvas_exports.set_config(mvas_error, params, num_params);                                                             \
  }                                                                                                                             \
  const char *MVAS_CALL mvas_get_config(void) { return mvas_exports.get_config(); }                                             \
  int32_t MVAS_CALL mvas_warmup(int32_t iterations) { return mvas_exports.warmup(mvas_error, iterations); }                     \
  void MVAS_CALL mvas_cleanup(void) { mvas_exports.cleanup(); }                                                                 \
  void MVAS_CALL mvas_free_result(MVASResult *result) { mvas_exports.free_result(result); }                                     \
  const char *MVAS_CALL mvas_get_error(void) { return mvas_error.text; }                                                        \
  uint32_t MVAS_CALL mvas_abi_version(void) { return MVAS_ABI_VERSION_MAJOR << 16 | MVAS_ABI_VERSION_MINOR; }                   \
  static_assert(true, "so that a semicolon may follow")

#endif  // MVAS_EXPORTS_HPP
