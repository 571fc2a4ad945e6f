// The stand-in's TensorRT: an engine is the ONNX file behind the version and the GPU that it was built for.
#include <NvInfer.h>

#include <cstring>
#include <string>

#include "network.hpp"
#include "stream.hpp"

namespace {

using nvinfer1::Dims;
using Severity = nvinfer1::ILogger::Severity;

const std::string magic = "STAND-IN ENGINE\n";

std::string line(const std::string &text, std::size_t &at) {
  const std::size_t end = text.find('\n', at);
  const std::string found = text.substr(at, end - at);
  at = end == std::string::npos ? text.size() : end + 1;
  return found;
}

bool is_input(char const *name) { return std::strcmp(name, "image") == 0; }

class Context final : public nvinfer1::IExecutionContext {
 public:
  explicit Context(mvas::onnx::Session &session) : session_(session) {}

  bool setInputShape(char const *name, Dims const &dims) noexcept override {
    const mvas::onnx::Shape &own = session_.input_shape();
    shaped_ = is_input(name) && mvas::onnx::Shape(dims.d, dims.d + dims.nbDims) == own;
    return shaped_;
  }
  Dims getTensorShape(char const *name) const noexcept override {
    Dims dims{};
    for (const std::int64_t size : is_input(name) ? session_.input_shape() : session_.output<float>().shape) dims.d[dims.nbDims++] = shaped_ ? size : -1;
    return dims;
  }
  bool setTensorAddress(char const *name, void *data) noexcept override {
    (is_input(name) ? input_ : output_) = static_cast<float *>(data);
    return true;
  }
  bool enqueueV3(cudaStream_t stream) noexcept override {
    if (!shaped_ || input_ == nullptr || output_ == nullptr) return false;
    stream->submit([this] {
      std::memcpy(session_.input<float>(), input_, mvas::onnx::detail::count(session_.input_shape()) * sizeof(float));
      session_.run();
      const auto found = session_.output<float>();
      std::memcpy(output_, found.data, found.size * sizeof(float));
    });
    return true;
  }

 private:
  mvas::onnx::Session &session_;
  float *input_ = nullptr, *output_ = nullptr;
  bool shaped_ = false;
};

class Engine final : public nvinfer1::ICudaEngine {
 public:
  explicit Engine(const std::string &model) : session_(stand_in::open(model)) {}
  std::int32_t getNbIOTensors() const noexcept override { return 2; }
  char const *getIOTensorName(std::int32_t index) const noexcept override { return index == 0 ? "image" : "anomaly_map"; }
  nvinfer1::TensorIOMode getTensorIOMode(char const *name) const noexcept override {
    return is_input(name) ? nvinfer1::TensorIOMode::kINPUT : nvinfer1::TensorIOMode::kOUTPUT;
  }
  nvinfer1::DataType getTensorDataType(char const *) const noexcept override { return nvinfer1::DataType::kFLOAT; }
  Dims getTensorShape(char const *name) const noexcept override {
    return stand_in::declared(is_input(name) ? session_->input_shape() : session_->output<float>().shape);
  }
  nvinfer1::IExecutionContext *createExecutionContext() noexcept override { return new Context(*session_); }

 private:
  std::unique_ptr<mvas::onnx::Session> session_;
};

class Runtime final : public nvinfer1::IRuntime {
 public:
  explicit Runtime(nvinfer1::ILogger &logger) : logger_(logger) {}
  nvinfer1::ICudaEngine *deserializeCudaEngine(void const *data, std::size_t size) noexcept override {
    try {
      const std::string plan(static_cast<char const *>(data), size);
      std::size_t at = magic.size();
      if (plan.compare(0, at, magic) != 0) return refuse("Serialization assertion magicTag failed");
      const std::string version = line(plan, at), gpu = line(plan, at);
      if (version != stand_in::version()) return refuse("expecting library version " + stand_in::version() + " got " + version);
      if (gpu != stand_in::gpu()) return refuse("the engine plan file is generated on an incompatible device: " + gpu);
      if (std::getenv("MVAS_STAND_IN_ENGINE_TOO_BIG") != nullptr) return refuse("Error Code 1: Cuda Runtime (out of memory)");
      return new Engine(plan.substr(at));
    } catch (const std::exception &error) {
      return refuse(error.what());
    }
  }

 private:
  nvinfer1::ICudaEngine *refuse(const std::string &why) {
    logger_.log(Severity::kERROR, why.c_str());
    return nullptr;
  }
  nvinfer1::ILogger &logger_;
};

class Plan final : public nvinfer1::IHostMemory {
 public:
  explicit Plan(std::string bytes) : bytes_(std::move(bytes)) {}
  void *data() const noexcept override { return const_cast<char *>(bytes_.data()); }
  std::size_t size() const noexcept override { return bytes_.size(); }

 private:
  std::string bytes_;
};

class Profile final : public nvinfer1::IOptimizationProfile {
 public:
  bool setDimensions(char const *name, nvinfer1::OptProfileSelector, Dims const &) noexcept override { return ++set, is_input(name); }
  int set = 0;
};

class BuilderConfig final : public nvinfer1::IBuilderConfig {
 public:
  void clearFlag(nvinfer1::BuilderFlag flag) noexcept override { exact = exact || flag == nvinfer1::BuilderFlag::kTF32; }
  std::int32_t addOptimizationProfile(nvinfer1::IOptimizationProfile const *profile) noexcept override {
    profiled = static_cast<Profile const *>(profile)->set == 3;
    return profiled ? 0 : -1;
  }
  bool exact = false, profiled = false;
};

class Builder final : public nvinfer1::IBuilder {
 public:
  explicit Builder(nvinfer1::ILogger &logger) : logger_(logger) {}
  nvinfer1::INetworkDefinition *createNetworkV2(nvinfer1::NetworkDefinitionCreationFlags) noexcept override { return new stand_in::Network; }
  nvinfer1::IBuilderConfig *createBuilderConfig() noexcept override { return new BuilderConfig; }
  nvinfer1::IOptimizationProfile *createOptimizationProfile() noexcept override { return &profile_; }
  nvinfer1::IHostMemory *buildSerializedNetwork(nvinfer1::INetworkDefinition &network, nvinfer1::IBuilderConfig &config) noexcept override {
    const auto &built = static_cast<stand_in::Network &>(network);
    const auto &settings = static_cast<BuilderConfig &>(config);
    if (built.input.dims.d[0] < 0 && !settings.profiled) return refuse("Network has dynamic or shape inputs, but no optimization profile has been defined");
    if (!settings.exact) return refuse("the plugin must switch TF32 off");
    return new Plan(magic + stand_in::version() + "\n" + stand_in::gpu() + "\n" + built.model);
  }

 private:
  nvinfer1::IHostMemory *refuse(const char *why) {
    logger_.log(Severity::kERROR, why);
    return nullptr;
  }
  nvinfer1::ILogger &logger_;
  Profile profile_;
};

}  // namespace

#define SHOWN extern "C" __attribute__((visibility("default")))

SHOWN std::int32_t getInferLibVersion() noexcept {
  int major = 0, minor = 0, patch = 0;
  std::sscanf(stand_in::version().c_str(), "%d.%d.%d", &major, &minor, &patch);
  return major * 10000 + minor * 100 + patch;
}
SHOWN void *createInferRuntime_INTERNAL(void *logger, std::int32_t) noexcept { return new Runtime(*static_cast<nvinfer1::ILogger *>(logger)); }
SHOWN void *createInferBuilder_INTERNAL(void *logger, std::int32_t) noexcept { return new Builder(*static_cast<nvinfer1::ILogger *>(logger)); }
