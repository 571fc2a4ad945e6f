// How the stand-ins for CUDA and TensorRT share a stream: work is queued, and done only when somebody waits for it.
#pragma once

#include <functional>
#include <utility>
#include <vector>

using Work = std::vector<std::function<void()>>;

struct CUstream_st {
  Work queue, recorded;
  bool recording = false;

  void submit(std::function<void()> step) { (recording ? recorded : queue).push_back(std::move(step)); }
};
struct CUgraph_st {
  Work work;
};
struct CUgraphExec_st {
  Work work;
};
