// Opens TensorRT at run time, so that one plugin also starts where there is none. Needs TensorRT's headers, 8.5 to 11.
#ifndef MVAS_TENSORRT_LIBRARY_HPP
#define MVAS_TENSORRT_LIBRARY_HPP

#include <NvInfer.h>
#include <NvOnnxParser.h>

#include <cstdint>
#include <string>
#include <vector>

#include "onnxruntime_library.hpp"

#if NV_TENSORRT_MAJOR < 8 || (NV_TENSORRT_MAJOR == 8 && NV_TENSORRT_MINOR < 5)
#error "TensorRT 8.5 or later is needed: tensors are found by their names"
#endif

namespace mvas::tensorrt {

/// Keeps what TensorRT says went wrong, for the text of an Error; nothing is printed.
class Messages final : public nvinfer1::ILogger {
 public:
  void log(Severity severity, const char *message) noexcept override {
    if (severity != Severity::kERROR && severity != Severity::kINTERNAL_ERROR) return;
    try {
      // The first one is the cause.
      if (text_.size() < 600) text_ += (text_.empty() ? "" : "; ") + std::string(message);
    } catch (...) {
    }
  }
  void clear() { text_.clear(); }
  std::string text() const { return text_.empty() ? "TensorRT gives no reason" : text_; }
  bool out_of_memory() const { return text_.find("out of memory") != std::string::npos || text_.find("OutOfMemory") != std::string::npos; }

  /// What to throw when a call of TensorRT has failed.
  Error error(int32_t code, const std::string &what) const {
    return Error(out_of_memory() ? MVAS_ERROR_OUT_OF_MEMORY : code, what + ": " + text());
  }

 private:
  std::string text_;
};

namespace detail {

using namespace onnx::detail;
using mvas::detail::number_text;
using Create = void *(*)(void *, std::int32_t);
using CreateParser = void *(*)(void *, void *, int);

/// A library's file of the major version that this was compiled for: its tables of functions are those of that version.
inline std::string file_name(const std::string &name) {
  const std::string major = number_text(NV_TENSORRT_MAJOR);
#ifdef _WIN32
  return NV_TENSORRT_MAJOR < 10 ? name + ".dll" : name + "_" + major + ".dll";
#else
  return "lib" + name + ".so." + major;
#endif
}

#ifdef _WIN32
constexpr wchar_t tensorrt_variable[] = L"TENSORRT_ROOT";
#else
constexpr char tensorrt_variable[] = "TENSORRT_ROOT";
#endif

/// Opened from the package's deps folder, then TENSORRT_ROOT, then the system. Stays open until the process ends.
inline void *open_tensorrt(const std::string &name) {
  const NativePath root = environment(tensorrt_variable), file = native_path(file_name(name));
  std::vector<NativePath> folders = {package_folder()};
  if (!root.empty())
    for (const char *part : {"/lib", "/bin", ""}) folders.push_back(root + native_path(part));
  std::string looked;
  for (const NativePath &folder : folders) {
    const NativePath path = folder + native_path("/") + file;
    std::string why = "not there";
    if (!folder.empty() && exists(path))
      if (void *library = open_library(path, why)) return library;
    if (!folder.empty()) looked += utf8_path(path) + " (" + why + "), ";
  }
  std::string why;
  if (void *library = open_library(file, why)) return library;
  throw Error(MVAS_ERROR_INIT_FAILED, "TensorRT " + number_text(NV_TENSORRT_MAJOR) + " was not found. Looked for " + looked + utf8_path(file) +
                                          " on the system (" + why + ")" + (root.empty() ? "; TENSORRT_ROOT is not set" : ""));
}

template <class F>
F symbol(void *library, const char *name) {
  const auto found = reinterpret_cast<F>(find_symbol(library, name));
  if (found == nullptr) throw Error(MVAS_ERROR_INIT_FAILED, std::string("TensorRT's library has no ") + name);
  return found;
}

}  // namespace detail

/// The functions by which TensorRT's objects are made; everything else is in the objects.
class Library {
 public:
  /// Throws Error(INIT_FAILED) that lists where it looked.
  Library() : library_(detail::open_tensorrt("nvinfer")) {}

  /// "10.3.0", of the library that was found.
  std::string version() const {
    const int number = detail::symbol<std::int32_t (*)()>(library_, "getInferLibVersion")();
    const int scale = number < 10000 ? 10 : 100;  // 8601 is 8.6.1, 100300 is 10.3.0
    return detail::number_text(number / (scale * 100)) + "." + detail::number_text(number / 100 % scale) + "." + detail::number_text(number % 100);
  }

  std::unique_ptr<nvinfer1::IRuntime> runtime(Messages &messages) const {
    return made<nvinfer1::IRuntime>(detail::symbol<detail::Create>(library_, "createInferRuntime_INTERNAL"), messages);
  }
  std::unique_ptr<nvinfer1::IBuilder> builder(Messages &messages) const {
    return made<nvinfer1::IBuilder>(detail::symbol<detail::Create>(library_, "createInferBuilder_INTERNAL"), messages);
  }
  std::unique_ptr<nvonnxparser::IParser> parser(nvinfer1::INetworkDefinition &network, Messages &messages) const {
    const auto create = detail::symbol<detail::CreateParser>(detail::open_tensorrt("nvonnxparser"), "createNvOnnxParser_INTERNAL");
    std::unique_ptr<nvonnxparser::IParser> parser(static_cast<nvonnxparser::IParser *>(create(&network, &messages, NV_ONNX_PARSER_VERSION)));
    if (!parser) throw messages.error(MVAS_ERROR_INIT_FAILED, "TensorRT's ONNX parser cannot be made");
    return parser;
  }

 private:
  template <class T>
  std::unique_ptr<T> made(detail::Create create, Messages &messages) const {
    std::unique_ptr<T> object(static_cast<T *>(create(&messages, NV_TENSORRT_VERSION)));
    if (!object) throw messages.error(MVAS_ERROR_INIT_FAILED, "TensorRT " + version() + " does not start");
    return object;
  }

  void *library_;
};

}  // namespace mvas::tensorrt

#endif  // MVAS_TENSORRT_LIBRARY_HPP
