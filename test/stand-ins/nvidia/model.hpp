// The stand-in's model: an ONNX file that ONNX Runtime runs, so that results are those of the real model.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <mvas_onnxruntime.hpp>
#include <string>

namespace stand_in {

/// The library's version, "10.3.0", and with MVAS_STAND_IN_VERSION another one.
inline std::string version() {
  const char *value = std::getenv("MVAS_STAND_IN_VERSION");
  return value == nullptr ? "10.3.0" : value;
}

inline std::string gpu() {
  const char *value = std::getenv("MVAS_STAND_IN_GPU");
  return value == nullptr ? "Stand-in GPU" : value;
}

/// Opens the bytes of an ONNX file, which ONNX Runtime takes from a file alone.
inline std::unique_ptr<mvas::onnx::Session> open(const std::string &model) {
  char path[] = "/tmp/mvas-stand-in-XXXXXX";
  const int descriptor = mkstemp(path);
  std::FILE *file = fdopen(descriptor, "wb");
  std::fwrite(model.data(), 1, model.size(), file);
  std::fclose(file);
  try {
    mvas::onnx::Options options;
    options.threads = 1;  // a device takes no core of the host
    auto session = std::make_unique<mvas::onnx::Session>(mvas::ModelPath(path), options);
    std::remove(path);
    return session;
  } catch (...) {
    std::remove(path);
    throw;
  }
}

}  // namespace stand_in
