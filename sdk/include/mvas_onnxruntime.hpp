// An ONNX model in a plugin: mvas::onnx::Session opens it by ONNX Runtime, which is loaded at run time.
//
//   mvas::onnx::Options options;
//   options.input = {1, 3, 256, 256};
//   options.output = {1, 256, 256};
//   session = mvas::onnx::Session(model, options);      // in init; throws mvas::Error
//   …fill session.input<float>(); session.run(); read session.output<float>().data…
#ifndef MVAS_ONNXRUNTIME_HPP
#define MVAS_ONNXRUNTIME_HPP

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "mvas/model_path.hpp"
#include "mvas/onnxruntime_library.hpp"

namespace mvas::onnx {

/// Sizes from the outermost dimension inwards; -1 in a model's own shape means any size.
using Shape = std::vector<std::int64_t>;

struct Options {
  /// What the plugin feeds into the first input; sets the sizes that the model leaves open. Empty: the model's own shape.
  Shape input;
  /// What the plugin reads from the first output, checked when the session is made. Empty: any.
  Shape output;
  /// Threads of one inference, never more than the machine has cores; 0: one for each physical core.
  int threads = 0;
};

/// Values of an output, valid until the next run.
template <class T>
struct Output {
  const T *data = nullptr;
  std::size_t size = 0;
  Shape shape;
};

namespace detail {

inline std::string text(const Shape &shape) {
  std::string text;
  for (const std::int64_t size : shape) text += (text.empty() ? "" : "x") + (size < 0 ? "?" : mvas::detail::number_text(size));
  return text.empty() ? "a single value" : text;
}

inline bool fits(const Shape &model, const Shape &given) {
  if (model.size() != given.size()) return false;
  for (std::size_t i = 0; i < model.size(); ++i)
    if (model[i] >= 0 && model[i] != given[i]) return false;
  return true;
}

inline std::size_t count(const Shape &shape) {
  std::size_t count = 1;
  for (const std::int64_t size : shape) count *= static_cast<std::size_t>(size);
  return count;
}

template <class T>
constexpr ONNXTensorElementDataType element_type() {
  static_assert(std::is_same_v<T, float> || std::is_same_v<T, std::uint8_t>, "tensors of float or uint8_t");
  return std::is_same_v<T, float> ? ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT : ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT8;
}

/// Something of ONNX Runtime's that is released by a function of its table.
template <class T>
using Handle = std::unique_ptr<T, void (*)(T *)>;

/// A named input or output of the model.
struct Port {
  std::string name;
  ONNXTensorElementDataType type;
  Shape shape;
};

}  // namespace detail

/// A model that is loaded and warmed. Input memory is reused from run to run, outputs are read where they are.
class Session {
 public:
  Session() = default;

  /// Throws Error: MODEL_NOT_FOUND if the file is missing; INIT_FAILED if ONNX Runtime or the model cannot be loaded, or
  /// the model's inputs and outputs are not what `options` says.
  explicit Session(const ModelPath &model, const Options &options = {}) {
    model.check();
    api_ = &detail::load_api();
    env_ = make<OrtEnv>(api_->ReleaseEnv, "environment", [&](OrtEnv **out) { return api_->CreateEnv(ORT_LOGGING_LEVEL_FATAL, "mvas", out); });
    // some builds report their use to their maker: a plugin has no network, thread or file for that
    check(api_->DisableTelemetryEvents(env_.get()), MVAS_ERROR_INIT_FAILED, "ONNX Runtime");
    const auto settings = settings_of(options);
    session_ = make<OrtSession>(api_->ReleaseSession, "Failed to load model file " + model.utf8(), [&](OrtSession **out) {
      return api_->CreateSession(env_.get(), model.native().c_str(), settings.get(), out);
    });
    inputs_ = ports(api_->SessionGetInputCount, api_->SessionGetInputName, api_->SessionGetInputTypeInfo);
    outputs_ = ports(api_->SessionGetOutputCount, api_->SessionGetOutputName, api_->SessionGetOutputTypeInfo);
    prepare_inputs(options.input);
    run_all(MVAS_ERROR_INIT_FAILED);
    if (!options.output.empty() && output<float>().shape != options.output)
      throw Error(MVAS_ERROR_INIT_FAILED, "model output \"" + outputs_[0].name + "\" has the shape " + detail::text(output<float>().shape) +
                                              ", the plugin reads " + detail::text(options.output));
  }

  Session(Session &&) = default;
  /// What was there before is released from the results back to the environment, as in the destructor.
  Session &operator=(Session &&other) noexcept {
    results_ = std::move(other.results_);
    values_ = std::move(other.values_);
    memory_ = std::move(other.memory_);
    outputs_ = std::move(other.outputs_);
    inputs_ = std::move(other.inputs_);
    session_ = std::move(other.session_);
    env_ = std::move(other.env_);
    api_ = other.api_;
    return *this;
  }

  explicit operator bool() const noexcept { return session_ != nullptr; }
  std::size_t input_count() const noexcept { return inputs_.size(); }
  std::size_t output_count() const noexcept { return outputs_.size(); }
  const Shape &input_shape(std::size_t index = 0) const { return inputs_.at(index).shape; }

  /// Memory of an input, zero at first, the same for the session's life. Throws Error(INIT_FAILED) if the model takes another type.
  template <class T>
  T *input(std::size_t index = 0) {
    require_type<T>(inputs_.at(index).type, "input", inputs_[index].name);
    return reinterpret_cast<T *>(memory_[index].get());
  }

  /// Runs the model on the inputs; throws Error(INFERENCE).
  void run() { run_all(MVAS_ERROR_INFERENCE); }

  /// An output of the last run. Throws Error(INIT_FAILED) if the model gives another type.
  template <class T>
  Output<T> output(std::size_t index = 0) const {
    OrtValue *value = results_.at(index).get();
    const auto info = make<OrtTensorTypeAndShapeInfo>(api_->ReleaseTensorTypeAndShapeInfo, "output", [&](auto **out) {
      return api_->GetTensorTypeAndShape(value, out);
    });
    const detail::Port port = port_of(outputs_[index].name, info.get());
    require_type<T>(port.type, "output", port.name);
    void *data = nullptr;
    check(api_->GetTensorMutableData(value, &data), MVAS_ERROR_INFERENCE, "model output");
    return {static_cast<const T *>(data), detail::count(port.shape), port.shape};
  }

 private:
  /// Threads wait in loops: with more than one for each core, an inference of milliseconds takes seconds.
  static int useful_threads(int wanted) {
    const auto cores = static_cast<int>(std::thread::hardware_concurrency());
    return cores == 0 ? wanted : std::min(wanted, cores);
  }

  detail::Handle<OrtSessionOptions> settings_of(const Options &options) const {
    auto settings = make<OrtSessionOptions>(api_->ReleaseSessionOptions, "options", [&](auto **out) { return api_->CreateSessionOptions(out); });
    const auto require = [&](OrtStatus *status) { check(status, MVAS_ERROR_INIT_FAILED, "ONNX Runtime"); };
    const auto set = [&](const char *key, const char *value) { require(api_->AddSessionConfigEntry(settings.get(), key, value)); };
    require(api_->SetSessionGraphOptimizationLevel(settings.get(), ORT_ENABLE_ALL));
    require(api_->SetIntraOpNumThreads(settings.get(), useful_threads(options.threads)));
    // after the first run it would plan one block for all tensors: the first part would wait for that, and the memory of the first run stays
    require(api_->DisableMemPattern(settings.get()));
    // threads that wait in a loop take the cores from cameras and other plugins: between two operators 0.02 ms bridge most gaps
    // (versions without this setting loop some 30 ms), between two inspections there is nothing to wait for
    set("session.intra_op.spin_duration_us", "20");
    set("session.force_spinning_stop", "1");
    return settings;
  }

  void check(OrtStatus *status, int32_t code, const std::string &what) const {
    if (status == nullptr) return;
    const detail::Handle<OrtStatus> owner(status, api_->ReleaseStatus);
    throw Error(code, what + ": " + api_->GetErrorMessage(status));
  }

  template <class T, class Create>
  detail::Handle<T> make(void (*release)(T *), const std::string &what, Create create) const {
    T *made = nullptr;
    check(create(&made), MVAS_ERROR_INIT_FAILED, what);
    return {made, release};
  }

  template <class T>
  static void require_type(ONNXTensorElementDataType type, const char *direction, const std::string &name) {
    if (type == detail::element_type<T>()) return;
    throw Error(MVAS_ERROR_INIT_FAILED, std::string("model ") + direction + " \"" + name + "\" has element type " + mvas::detail::number_text(static_cast<int>(type)) +
                                            ", the plugin uses " + mvas::detail::number_text(static_cast<int>(detail::element_type<T>())) + " (1 = float, 2 = uint8)");
  }

  detail::Port port_of(const std::string &name, const OrtTensorTypeAndShapeInfo *info) const {
    detail::Port port{name, {}, {}};
    std::size_t rank = 0;
    check(api_->GetTensorElementType(info, &port.type), MVAS_ERROR_INIT_FAILED, name);
    check(api_->GetDimensionsCount(info, &rank), MVAS_ERROR_INIT_FAILED, name);
    port.shape.resize(rank);
    check(api_->GetDimensions(info, port.shape.data(), rank), MVAS_ERROR_INIT_FAILED, name);
    return port;
  }

  template <class Count, class Name, class Info>
  std::vector<detail::Port> ports(Count get_count, Name get_name, Info get_info) const {
    OrtAllocator *allocator = nullptr;
    check(api_->GetAllocatorWithDefaultOptions(&allocator), MVAS_ERROR_INIT_FAILED, "ONNX Runtime");
    std::size_t count = 0;
    check(get_count(session_.get(), &count), MVAS_ERROR_INIT_FAILED, "model");
    std::vector<detail::Port> ports;
    for (std::size_t i = 0; i < count; ++i) {
      char *name = nullptr;
      check(get_name(session_.get(), i, allocator, &name), MVAS_ERROR_INIT_FAILED, "model");
      const std::string copy = name;
      check(api_->AllocatorFree(allocator, name), MVAS_ERROR_INIT_FAILED, "model");
      const auto info = make<OrtTypeInfo>(api_->ReleaseTypeInfo, copy, [&](OrtTypeInfo **out) { return get_info(session_.get(), i, out); });
      const OrtTensorTypeAndShapeInfo *tensor = nullptr;
      check(api_->CastTypeInfoToTensorInfo(info.get(), &tensor), MVAS_ERROR_INIT_FAILED, copy);
      if (tensor == nullptr) throw Error(MVAS_ERROR_INIT_FAILED, "model input or output \"" + copy + "\" is no tensor");
      ports.push_back(port_of(copy, tensor));
    }
    return ports;
  }

  void prepare_inputs(const Shape &first) {
    const auto cpu = make<OrtMemoryInfo>(api_->ReleaseMemoryInfo, "memory", [&](OrtMemoryInfo **out) {
      return api_->CreateCpuMemoryInfo(OrtDeviceAllocator, OrtMemTypeDefault, out);
    });
    for (detail::Port &port : inputs_) {
      const bool declared = values_.empty() && !first.empty();
      if (declared && !detail::fits(port.shape, first))
        throw Error(MVAS_ERROR_INIT_FAILED, "model input \"" + port.name + "\" has the shape " + detail::text(port.shape) + ", the plugin feeds " + detail::text(first));
      if (declared) port.shape = first;
      for (const std::int64_t size : port.shape)
        if (size < 0) throw Error(MVAS_ERROR_INIT_FAILED, "model input \"" + port.name + "\" has the open shape " + detail::text(port.shape) + ", and the plugin declares none");
      if (port.type != ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT8) require_type<float>(port.type, "input", port.name);
      const std::size_t bytes = detail::count(port.shape) * (port.type == ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT8 ? 1 : sizeof(float));
      memory_.push_back(std::make_unique<float[]>(bytes / sizeof(float) + 1));
      values_.push_back(make<OrtValue>(api_->ReleaseValue, port.name, [&](OrtValue **out) {
        return api_->CreateTensorWithDataAsOrtValue(cpu.get(), memory_.back().get(), bytes, port.shape.data(), port.shape.size(), port.type, out);
      }));
    }
  }

  void run_all(int32_t code) {
    std::vector<const char *> input_names, output_names;
    std::vector<const OrtValue *> inputs;
    for (const detail::Port &port : inputs_) input_names.push_back(port.name.c_str());
    for (const detail::Port &port : outputs_) output_names.push_back(port.name.c_str());
    for (const auto &value : values_) inputs.push_back(value.get());
    std::vector<OrtValue *> outputs(outputs_.size(), nullptr);
    results_.clear();
    check(api_->Run(session_.get(), nullptr, input_names.data(), inputs.data(), inputs.size(), output_names.data(), outputs.size(), outputs.data()), code, "model");
    for (OrtValue *value : outputs) results_.emplace_back(value, api_->ReleaseValue);
  }

  // Released from the last to the first.
  const OrtApi *api_ = nullptr;
  detail::Handle<OrtEnv> env_{nullptr, nullptr};
  detail::Handle<OrtSession> session_{nullptr, nullptr};
  std::vector<detail::Port> inputs_, outputs_;
  std::vector<std::unique_ptr<float[]>> memory_;
  std::vector<detail::Handle<OrtValue>> values_, results_;
};

}  // namespace mvas::onnx

#endif  // MVAS_ONNXRUNTIME_HPP
