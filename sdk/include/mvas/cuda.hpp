// CUDA as a plugin uses it: every call checked, memory and streams released by their owners. Needs CUDA's headers and runtime.
#ifndef MVAS_CUDA_HPP
#define MVAS_CUDA_HPP

#include <cuda_runtime_api.h>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>

#include "error.hpp"
#include "number.hpp"

namespace mvas::cuda {

inline std::string text(cudaError_t error) { return std::string(cudaGetErrorString(error)) + " (" + cudaGetErrorName(error) + ")"; }

/// Throws Error with `code`, OUT_OF_MEMORY where that is the reason. An error that passes is not told again by the next call.
inline void check(cudaError_t error, int32_t code, const char *what) {
  if (error == cudaSuccess) return;
  (void)cudaGetLastError();
  throw Error(error == cudaErrorMemoryAllocation ? MVAS_ERROR_OUT_OF_MEMORY : code, std::string("CUDA, ") + what + ": " + text(error));
}

/// The GPU that a plugin runs on: the first one that CUDA_VISIBLE_DEVICES leaves.
struct Device {
  std::string name;
  int major = 0, minor = 0;  // compute capability
};

/// The device, or nothing and why. Throws Error(OUT_OF_MEMORY) if there is one without memory to start on.
inline std::optional<Device> find_device(std::string &why) {
  int count = 0;
  const cudaError_t error = cudaGetDeviceCount(&count);
  if (error == cudaErrorMemoryAllocation) check(error, MVAS_ERROR_INIT_FAILED, "looking for a device");
  if (error != cudaSuccess || count == 0) {
    (void)cudaGetLastError();
    why = "no CUDA device: " + (error == cudaSuccess ? std::string("none is visible") : text(error));
    return std::nullopt;
  }
  cudaDeviceProp facts{};
  check(cudaGetDeviceProperties(&facts, 0), MVAS_ERROR_INIT_FAILED, "asking the device what it is");
  return Device{facts.name, facts.major, facts.minor};
}

/// CUDA's current device is a thread's own, and the host may call from any.
inline void use_device(int32_t code) { check(cudaSetDevice(0), code, "choosing the device"); }

struct Release {
  void operator()(float *memory) const noexcept { (void)cudaFree(memory); }
  void operator()(cudaStream_t stream) const noexcept { (void)cudaStreamDestroy(stream); }
  void operator()(cudaGraphExec_t graph) const noexcept { (void)cudaGraphExecDestroy(graph); }
};
struct ReleasePinned {
  void operator()(float *memory) const noexcept { (void)cudaFreeHost(memory); }
};
using DeviceMemory = std::unique_ptr<float, Release>;
using PinnedMemory = std::unique_ptr<float, ReleasePinned>;
using Stream = std::unique_ptr<std::remove_pointer_t<cudaStream_t>, Release>;
using Graph = std::unique_ptr<std::remove_pointer_t<cudaGraphExec_t>, Release>;

inline DeviceMemory device_memory(std::size_t count) {
  void *memory = nullptr;
  check(cudaMalloc(&memory, count * sizeof(float)), MVAS_ERROR_INIT_FAILED, "memory on the device");
  return DeviceMemory(static_cast<float *>(memory));
}

/// Host memory that the device reads and writes by itself, zero at first.
inline PinnedMemory pinned_memory(std::size_t count) {
  void *memory = nullptr;
  check(cudaHostAlloc(&memory, count * sizeof(float), cudaHostAllocDefault), MVAS_ERROR_INIT_FAILED, "pinned memory");
  std::memset(memory, 0, count * sizeof(float));
  return PinnedMemory(static_cast<float *>(memory));
}

inline Stream stream() {
  cudaStream_t made = nullptr;
  check(cudaStreamCreateWithFlags(&made, cudaStreamNonBlocking), MVAS_ERROR_INIT_FAILED, "a stream");
  return Stream(made);
}

/// What `enqueue` puts on the stream as one graph; nothing if it cannot be one, which is no error.
template <class Enqueue>
Graph record(cudaStream_t stream, Enqueue enqueue) {
  if (cudaStreamBeginCapture(stream, cudaStreamCaptureModeThreadLocal) != cudaSuccess) return (void)cudaGetLastError(), nullptr;
  bool enqueued = true;
  try {
    enqueue();
  } catch (const Error &) {
    enqueued = false;
  }
  cudaGraph_t graph = nullptr;
  cudaGraphExec_t made = nullptr;
  const bool ended = cudaStreamEndCapture(stream, &graph) == cudaSuccess;
  const bool ready = enqueued && ended && cudaGraphInstantiateWithFlags(&made, graph, 0) == cudaSuccess;
  if (graph != nullptr) (void)cudaGraphDestroy(graph);
  (void)cudaGetLastError();
  return Graph(ready ? made : nullptr);
}

}  // namespace mvas::cuda

#endif  // MVAS_CUDA_HPP
