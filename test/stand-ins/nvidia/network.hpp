// The stand-in's network, which its parser fills and its builder reads.
#pragma once

#include <NvInfer.h>

#include <cstdlib>
#include <string>

#include "model.hpp"

namespace stand_in {

/// The shape of a tensor; with MVAS_STAND_IN_OPEN_SIZES its first size is left open.
inline nvinfer1::Dims declared(const mvas::onnx::Shape &shape) {
  nvinfer1::Dims dims{};
  for (const std::int64_t size : shape) dims.d[dims.nbDims++] = size;
  if (std::getenv("MVAS_STAND_IN_OPEN_SIZES") != nullptr) dims.d[0] = -1;
  return dims;
}

class Tensor final : public nvinfer1::ITensor {
 public:
  char const *getName() const noexcept override { return "image"; }
  nvinfer1::Dims getDimensions() const noexcept override { return dims; }
  nvinfer1::Dims dims{};
};

class Network final : public nvinfer1::INetworkDefinition {
 public:
  std::int32_t getNbInputs() const noexcept override { return 1; }
  nvinfer1::ITensor *getInput(std::int32_t) const noexcept override { return const_cast<Tensor *>(&input); }
  std::string model;
  Tensor input;
};

}  // namespace stand_in
