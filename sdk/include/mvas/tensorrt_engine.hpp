// A TensorRT engine that is ready to run: one input, one output, pinned host memory, one stream, a CUDA graph where it can be.
#ifndef MVAS_TENSORRT_ENGINE_HPP
#define MVAS_TENSORRT_ENGINE_HPP

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "../mvas_onnxruntime.hpp"
#include "cuda.hpp"
#include "tensorrt_library.hpp"

namespace mvas::tensorrt {

using onnx::Shape;

/// What the plugin feeds and reads, without sizes left open.
struct Shapes {
  Shape input, output;
};

namespace detail {

inline Shape shape_of(const nvinfer1::Dims &dims) { return dims.nbDims < 0 ? Shape() : Shape(dims.d, dims.d + dims.nbDims); }

inline nvinfer1::Dims dims_of(const Shape &shape) {
  nvinfer1::Dims dims{};
  if (shape.size() > nvinfer1::Dims::MAX_DIMS) throw Error(MVAS_ERROR_INIT_FAILED, "TensorRT takes no tensor of the shape " + text(shape));
  dims.nbDims = static_cast<std::int32_t>(shape.size());
  for (std::size_t i = 0; i < shape.size(); ++i) dims.d[i] = static_cast<std::decay_t<decltype(dims.d[0])>>(shape[i]);
  return dims;
}

}  // namespace detail

class Engine {
 public:
  /// `plan` is a serialised engine, `name` what messages call it. Throws Error: INIT_FAILED if it was made for another GPU or
  /// version of TensorRT, or its tensors are not those of `shapes`; OUT_OF_MEMORY.
  Engine(const Library &library, const std::vector<char> &plan, const std::string &name, const Shapes &shapes)
      : messages_(std::make_unique<Messages>()), name_(name) {
    cuda::use_device(MVAS_ERROR_INIT_FAILED);
    runtime_ = library.runtime(*messages_);
    engine_.reset(runtime_->deserializeCudaEngine(plan.data(), plan.size()));
    require(engine_ != nullptr, "cannot be loaded on this GPU by TensorRT " + library.version());
    context_.reset(engine_->createExecutionContext());
    require(context_ != nullptr, "cannot be run");
    const bool fixed = bind(shapes);
    stream_ = cuda::stream();
    enqueue(MVAS_ERROR_INIT_FAILED);  // what is set up late, is set up here; and before a graph can be recorded
    cuda::check(cudaStreamSynchronize(stream_.get()), MVAS_ERROR_INIT_FAILED, "the first run");
    if (fixed) graph_ = cuda::record(stream_.get(), [&] { enqueue(MVAS_ERROR_INIT_FAILED); });
  }

  /// Pinned memory, zero at first.
  float *input() noexcept { return host_input_.get(); }
  /// Of the last run.
  const float *output() const noexcept { return host_output_.get(); }

  /// Copies the input to the device, runs, copies the output back and waits. Throws Error: INFERENCE or OUT_OF_MEMORY.
  void run() {
    cuda::use_device(MVAS_ERROR_INFERENCE);
    try {
      if (graph_) cuda::check(cudaGraphLaunch(graph_.get(), stream_.get()), MVAS_ERROR_INFERENCE, "starting the model");
      else enqueue(MVAS_ERROR_INFERENCE);
      cuda::check(cudaStreamSynchronize(stream_.get()), MVAS_ERROR_INFERENCE, "running the model");
    } catch (const Error &) {
      // Nothing may still be writing when the next image comes.
      (void)cudaStreamSynchronize(stream_.get());
      (void)cudaGetLastError();
      throw;
    }
  }

 private:
  void require(bool holds, const std::string &what) const {
    if (holds) return;
    const cudaError_t last = cudaGetLastError();
    if (last == cudaErrorMemoryAllocation) throw Error(MVAS_ERROR_OUT_OF_MEMORY, name_ + " " + what + ": " + cuda::text(last));
    throw messages_->error(MVAS_ERROR_INIT_FAILED, name_ + " " + what);
  }

  /// Finds the tensors, sets their sizes and gives them memory; returns whether the engine fixes all sizes.
  bool bind(const Shapes &shapes) {
    std::vector<std::string> inputs, outputs;
    for (std::int32_t i = 0; i < engine_->getNbIOTensors(); ++i) {
      const char *tensor = engine_->getIOTensorName(i);
      (engine_->getTensorIOMode(tensor) == nvinfer1::TensorIOMode::kINPUT ? inputs : outputs).push_back(tensor);
      require(engine_->getTensorDataType(tensor) == nvinfer1::DataType::kFLOAT, "has a tensor \"" + std::string(tensor) + "\" that is not of float");
    }
    require(inputs.size() == 1 && outputs.size() == 1, "has not one input and one output");
    input_ = inputs[0];
    output_ = outputs[0];
    const Shape declared = detail::shape_of(engine_->getTensorShape(input_.c_str()));
    require(onnx::detail::fits(declared, shapes.input),
            "has the input " + onnx::detail::text(declared) + ", the plugin feeds " + onnx::detail::text(shapes.input));
    require(context_->setInputShape(input_.c_str(), detail::dims_of(shapes.input)), "refuses the input " + onnx::detail::text(shapes.input));
    const Shape given = detail::shape_of(context_->getTensorShape(output_.c_str()));
    require(given == shapes.output, "has the output " + onnx::detail::text(given) + ", the plugin reads " + onnx::detail::text(shapes.output));
    place(onnx::detail::count(shapes.input), onnx::detail::count(shapes.output));
    return declared == shapes.input;
  }

  void place(std::size_t inputs, std::size_t outputs) {
    input_bytes_ = inputs * sizeof(float);
    output_bytes_ = outputs * sizeof(float);
    device_input_ = cuda::device_memory(inputs);
    device_output_ = cuda::device_memory(outputs);
    host_input_ = cuda::pinned_memory(inputs);
    host_output_ = cuda::pinned_memory(outputs);
    require(context_->setTensorAddress(input_.c_str(), device_input_.get()), "does not take memory for its input");
    require(context_->setTensorAddress(output_.c_str(), device_output_.get()), "does not take memory for its output");
  }

  void enqueue(int32_t code) {
    messages_->clear();
    cuda::check(cudaMemcpyAsync(device_input_.get(), host_input_.get(), input_bytes_, cudaMemcpyHostToDevice, stream_.get()), code, "copying the image");
    if (!context_->enqueueV3(stream_.get())) {
      const cudaError_t last = cudaGetLastError();
      const int32_t actual = last == cudaErrorMemoryAllocation ? MVAS_ERROR_OUT_OF_MEMORY : code;
      throw messages_->error(actual, "TensorRT, starting the model" + (last == cudaSuccess ? "" : " (" + cuda::text(last) + ")"));
    }
    cuda::check(cudaMemcpyAsync(host_output_.get(), device_output_.get(), output_bytes_, cudaMemcpyDeviceToHost, stream_.get()), code, "copying the result");
  }

  // Released from the last to the first.
  std::unique_ptr<Messages> messages_;
  std::string name_, input_, output_;
  std::unique_ptr<nvinfer1::IRuntime> runtime_;
  std::unique_ptr<nvinfer1::ICudaEngine> engine_;
  cuda::DeviceMemory device_input_, device_output_;
  cuda::PinnedMemory host_input_, host_output_;
  std::unique_ptr<nvinfer1::IExecutionContext> context_;
  cuda::Stream stream_;
  cuda::Graph graph_;
  std::size_t input_bytes_ = 0, output_bytes_ = 0;
};

}  // namespace mvas::tensorrt

#endif  // MVAS_TENSORRT_ENGINE_HPP
