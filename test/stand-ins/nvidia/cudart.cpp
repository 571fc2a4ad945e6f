// The stand-in's CUDA runtime: one device whose memory is the host's, with faults on demand.
//
// MVAS_STAND_IN_GPU      name of the device; "none" for a machine without
// MVAS_STAND_IN_MEMORY   bytes of device memory
// MVAS_STAND_IN_FAILS_AT number of the cudaStreamSynchronize from which on everything fails, as after a fault in a kernel
#include <cuda_runtime_api.h>

#include <cstdlib>
#include <cstring>
#include <map>
#include <string>

#include "stream.hpp"

namespace {

std::map<const char *, std::size_t> device, pinned;
std::size_t used = 0, waits = 0;
cudaError_t last = cudaSuccess;

std::string variable(const char *name, const char *otherwise) {
  const char *value = std::getenv(name);
  return value == nullptr ? otherwise : value;
}

bool broken() {
  const std::size_t from = std::stoull(variable("MVAS_STAND_IN_FAILS_AT", "0"));
  return from != 0 && waits >= from;
}

/// What every call ends with: a fault of a kernel is told by all calls that come after it.
cudaError_t result(cudaError_t error) {
  if (broken()) error = cudaErrorLaunchFailure;
  if (error != cudaSuccess) last = error;
  return error;
}

bool holds(const std::map<const char *, std::size_t> &memory, const void *at, std::size_t size) {
  const char *begin = static_cast<const char *>(at);
  auto after = memory.upper_bound(begin);
  return after != memory.begin() && begin + size <= (--after)->first + after->second;
}

cudaError_t allocate(std::map<const char *, std::size_t> &memory, void **out, std::size_t size) {
  if (broken()) return cudaErrorLaunchFailure;
  char *block = static_cast<char *>(std::malloc(size));
  if (block == nullptr) return cudaErrorMemoryAllocation;
  std::memset(block, 0xAB, size);  // memory of a device is not zero
  memory[block] = size;
  *out = block;
  return cudaSuccess;
}

void release(std::map<const char *, std::size_t> &memory, void *block) {
  if (memory.erase(static_cast<const char *>(block)) == 1) std::free(block);
}

}  // namespace

// CUDA's own headers may define names of functions as macros: the definitions take part in that.
extern "C" {

const char *cudaGetErrorName(cudaError_t error) {
  switch (error) {
    case cudaErrorMemoryAllocation: return "cudaErrorMemoryAllocation";
    case cudaErrorNoDevice: return "cudaErrorNoDevice";
    case cudaErrorLaunchFailure: return "cudaErrorLaunchFailure";
    case cudaErrorInvalidValue: return "cudaErrorInvalidValue";
    default: return "cudaErrorUnknown";
  }
}

const char *cudaGetErrorString(cudaError_t error) {
  switch (error) {
    case cudaErrorMemoryAllocation: return "out of memory";
    case cudaErrorNoDevice: return "no CUDA-capable device is detected";
    case cudaErrorLaunchFailure: return "unspecified launch failure";
    case cudaErrorInvalidValue: return "invalid argument";
    default: return "unknown error";
  }
}

cudaError_t cudaGetLastError(void) {
  const cudaError_t error = last;
  last = broken() ? cudaErrorLaunchFailure : cudaSuccess;
  return error;
}

cudaError_t cudaGetDeviceCount(int *count) {
  *count = variable("MVAS_STAND_IN_GPU", "") == "none" ? 0 : 1;
  return result(*count == 0 ? cudaErrorNoDevice : cudaSuccess);
}

cudaError_t cudaGetDeviceProperties(cudaDeviceProp *properties, int) {
  *properties = {};
  variable("MVAS_STAND_IN_GPU", "Stand-in GPU").copy(properties->name, sizeof properties->name - 1);
  properties->major = 8;
  properties->minor = 9;
  return result(cudaSuccess);
}

cudaError_t cudaSetDevice(int) { return result(cudaSuccess); }

cudaError_t cudaMalloc(void **memory, std::size_t size) {
  const std::size_t all = std::stoull(variable("MVAS_STAND_IN_MEMORY", "1000000000"));
  if (used + size > all) return result(cudaErrorMemoryAllocation);
  used += size;
  return result(allocate(device, memory, size));
}

cudaError_t cudaFree(void *memory) {
  const auto found = device.find(static_cast<const char *>(memory));
  if (found != device.end()) used -= found->second;
  release(device, memory);
  return result(cudaSuccess);
}

cudaError_t cudaHostAlloc(void **memory, std::size_t size, unsigned) { return result(allocate(pinned, memory, size)); }

cudaError_t cudaFreeHost(void *memory) {
  release(pinned, memory);
  return result(cudaSuccess);
}

cudaError_t cudaMemcpyAsync(void *to, const void *from, std::size_t size, cudaMemcpyKind kind, cudaStream_t stream) {
  const bool up = kind == cudaMemcpyHostToDevice;
  if (!holds(up ? device : pinned, to, size) || !holds(up ? pinned : device, from, size)) return result(cudaErrorInvalidValue);
  stream->submit([=] { std::memcpy(to, from, size); });
  return result(cudaSuccess);
}

cudaError_t cudaStreamCreateWithFlags(cudaStream_t *stream, unsigned) {
  *stream = new CUstream_st;
  return result(cudaSuccess);
}

cudaError_t cudaStreamDestroy(cudaStream_t stream) {
  delete stream;
  return result(cudaSuccess);
}

cudaError_t cudaStreamSynchronize(cudaStream_t stream) {
  ++waits;
  Work work;
  work.swap(stream->queue);
  if (!broken())
    for (const auto &step : work) step();
  return result(cudaSuccess);
}

cudaError_t cudaStreamBeginCapture(cudaStream_t stream, cudaStreamCaptureMode) {
  if (std::getenv("MVAS_STAND_IN_NO_GRAPH") != nullptr) return result(cudaErrorStreamCaptureUnsupported);
  stream->recording = true;
  return result(cudaSuccess);
}

cudaError_t cudaStreamEndCapture(cudaStream_t stream, cudaGraph_t *graph) {
  stream->recording = false;
  *graph = new CUgraph_st;
  (*graph)->work.swap(stream->recorded);
  return result(cudaSuccess);
}

cudaError_t cudaGraphInstantiateWithFlags(cudaGraphExec_t *made, cudaGraph_t graph, unsigned long long) {
  *made = new CUgraphExec_st{graph->work};
  return result(cudaSuccess);
}

cudaError_t cudaGraphDestroy(cudaGraph_t graph) {
  delete graph;
  return result(cudaSuccess);
}

cudaError_t cudaGraphExecDestroy(cudaGraphExec_t graph) {
  delete graph;
  return result(cudaSuccess);
}

cudaError_t cudaGraphLaunch(cudaGraphExec_t graph, cudaStream_t stream) {
  for (const auto &step : graph->work) stream->submit(step);
  return result(cudaSuccess);
}

}  // extern "C"
