// Builds a TensorRT engine from an ONNX model, for the GPU of this machine.
#ifndef MVAS_TENSORRT_BUILDER_HPP
#define MVAS_TENSORRT_BUILDER_HPP

#include <memory>
#include <string>
#include <vector>

#include "tensorrt_engine.hpp"

namespace mvas::tensorrt {

namespace detail {

inline void parse(nvonnxparser::IParser &parser, const std::vector<char> &model, const std::string &name) {
  if (parser.parse(model.data(), model.size(), name.c_str())) return;
  const std::string why = parser.getNbErrors() > 0 ? parser.getError(0)->desc() : "TensorRT gives no reason";
  throw Error(MVAS_ERROR_INIT_FAILED, "TensorRT cannot read " + name + ": " + why);
}

/// Sizes that the model leaves open are those that the plugin feeds.
inline void fix_input(nvinfer1::IBuilder &builder, nvinfer1::INetworkDefinition &network, nvinfer1::IBuilderConfig &config, const Shape &input) {
  if (network.getNbInputs() != 1) throw Error(MVAS_ERROR_INIT_FAILED, "the model has not one input");
  nvinfer1::ITensor &tensor = *network.getInput(0);
  if (shape_of(tensor.getDimensions()) == input) return;
  nvinfer1::IOptimizationProfile *profile = builder.createOptimizationProfile();
  bool taken = profile != nullptr;
  for (const auto selector : {nvinfer1::OptProfileSelector::kMIN, nvinfer1::OptProfileSelector::kOPT, nvinfer1::OptProfileSelector::kMAX})
    taken = taken && profile->setDimensions(tensor.getName(), selector, dims_of(input));
  if (!taken || config.addOptimizationProfile(profile) < 0)
    throw Error(MVAS_ERROR_INIT_FAILED, "the model does not take the input " + onnx::detail::text(input));
}

}  // namespace detail

/// The serialised engine for the bytes of an ONNX file; takes seconds to minutes. Floats stay floats of 32 bits, so that verdicts are
/// those of the CPU. Throws Error: INIT_FAILED or OUT_OF_MEMORY.
inline std::vector<char> build_engine(const Library &library, const std::vector<char> &model, const std::string &name, const Shapes &shapes) {
  cuda::use_device(MVAS_ERROR_INIT_FAILED);
  Messages messages;
  const auto builder = library.builder(messages);
  // Until 9, explicit batch had to be asked for by the bit 0; later it is all there is.
  const std::unique_ptr<nvinfer1::INetworkDefinition> network(builder->createNetworkV2(NV_TENSORRT_MAJOR < 10 ? 1u : 0u));
  const std::unique_ptr<nvinfer1::IBuilderConfig> config(builder->createBuilderConfig());
  if (!network || !config) throw messages.error(MVAS_ERROR_INIT_FAILED, "TensorRT cannot start to build an engine");
  const auto parser = library.parser(*network, messages);
  detail::parse(*parser, model, name);
  config->clearFlag(nvinfer1::BuilderFlag::kTF32);
  detail::fix_input(*builder, *network, *config, shapes.input);
  const std::unique_ptr<nvinfer1::IHostMemory> plan(builder->buildSerializedNetwork(*network, *config));
  if (plan == nullptr) {
    const bool memory = cudaGetLastError() == cudaErrorMemoryAllocation;
    throw messages.error(memory ? MVAS_ERROR_OUT_OF_MEMORY : MVAS_ERROR_INIT_FAILED, "TensorRT cannot build an engine from " + name);
  }
  const auto *data = static_cast<const char *>(plan->data());
  return {data, data + plan->size()};
}

}  // namespace mvas::tensorrt

#endif  // MVAS_TENSORRT_BUILDER_HPP
