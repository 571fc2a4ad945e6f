// A stand-in for TensorRT: only what plugins use, in the shape of the public interface, for tests without a GPU.
#pragma once

#include <cstddef>
#include <cstdint>

#include "NvInferVersion.h"
#include <cuda_runtime_api.h>

namespace nvinfer1 {

struct Dims64 {
  static constexpr std::int32_t MAX_DIMS{8};
  std::int32_t nbDims;
  std::int64_t d[MAX_DIMS];
};
using Dims = Dims64;
using AsciiChar = char;
using NetworkDefinitionCreationFlags = std::uint32_t;

enum class DataType : std::int32_t { kFLOAT = 0, kHALF = 1 };
enum class TensorIOMode : std::int32_t { kNONE = 0, kINPUT = 1, kOUTPUT = 2 };
enum class BuilderFlag : std::int32_t { kFP16 = 0, kTF32 = 6 };
enum class OptProfileSelector : std::int32_t { kMIN = 0, kOPT = 1, kMAX = 2 };

class ILogger {
 public:
  enum class Severity : std::int32_t { kINTERNAL_ERROR = 0, kERROR = 1, kWARNING = 2, kINFO = 3, kVERBOSE = 4 };
  virtual void log(Severity severity, AsciiChar const *message) noexcept = 0;
  virtual ~ILogger() = default;
};

class INoCopy {
 public:
  INoCopy() = default;
  INoCopy(INoCopy const &) = delete;
  INoCopy &operator=(INoCopy const &) = delete;
  virtual ~INoCopy() = default;
};

class IHostMemory : public INoCopy {
 public:
  virtual void *data() const noexcept = 0;
  virtual std::size_t size() const noexcept = 0;
};

class IExecutionContext : public INoCopy {
 public:
  virtual bool setInputShape(char const *name, Dims const &dims) noexcept = 0;
  virtual Dims getTensorShape(char const *name) const noexcept = 0;
  virtual bool setTensorAddress(char const *name, void *data) noexcept = 0;
  virtual bool enqueueV3(cudaStream_t stream) noexcept = 0;
};

class ICudaEngine : public INoCopy {
 public:
  virtual std::int32_t getNbIOTensors() const noexcept = 0;
  virtual char const *getIOTensorName(std::int32_t index) const noexcept = 0;
  virtual TensorIOMode getTensorIOMode(char const *name) const noexcept = 0;
  virtual DataType getTensorDataType(char const *name) const noexcept = 0;
  virtual Dims getTensorShape(char const *name) const noexcept = 0;
  virtual IExecutionContext *createExecutionContext() noexcept = 0;
};

class IRuntime : public INoCopy {
 public:
  virtual ICudaEngine *deserializeCudaEngine(void const *data, std::size_t size) noexcept = 0;
};

class ITensor : public INoCopy {
 public:
  virtual char const *getName() const noexcept = 0;
  virtual Dims getDimensions() const noexcept = 0;
};

class INetworkDefinition : public INoCopy {
 public:
  virtual std::int32_t getNbInputs() const noexcept = 0;
  virtual ITensor *getInput(std::int32_t index) const noexcept = 0;
};

class IOptimizationProfile : public INoCopy {
 public:
  virtual bool setDimensions(char const *name, OptProfileSelector select, Dims const &dims) noexcept = 0;
};

class IBuilderConfig : public INoCopy {
 public:
  virtual void clearFlag(BuilderFlag flag) noexcept = 0;
  virtual std::int32_t addOptimizationProfile(IOptimizationProfile const *profile) noexcept = 0;
};

class IBuilder : public INoCopy {
 public:
  virtual INetworkDefinition *createNetworkV2(NetworkDefinitionCreationFlags flags) noexcept = 0;
  virtual IBuilderConfig *createBuilderConfig() noexcept = 0;
  virtual IOptimizationProfile *createOptimizationProfile() noexcept = 0;
  virtual IHostMemory *buildSerializedNetwork(INetworkDefinition &network, IBuilderConfig &config) noexcept = 0;
};

}  // namespace nvinfer1
