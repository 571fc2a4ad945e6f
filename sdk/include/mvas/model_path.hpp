// Where the host says the model is.
#ifndef MVAS_MODEL_PATH_HPP
#define MVAS_MODEL_PATH_HPP

#include <cerrno>
#include <cstdio>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "error.hpp"
#ifdef _WIN32
#ifndef NOMINMAX
#define NOMINMAX
#endif
#ifndef WIN32_LEAN_AND_MEAN
#define WIN32_LEAN_AND_MEAN
#endif
#include <windows.h>
#endif

namespace mvas {

#ifdef _WIN32
using NativePath = std::wstring;
inline NativePath native_path(const std::string &utf8) {
  const int size = MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, utf8.data(), static_cast<int>(utf8.size()), nullptr, 0);
  std::wstring wide(static_cast<std::size_t>(size), L'\0');
  MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, utf8.data(), static_cast<int>(utf8.size()), wide.data(), size);
  return wide;
}
inline std::string utf8_path(const NativePath &wide) {
  const int length = static_cast<int>(wide.size());
  const int size = WideCharToMultiByte(CP_UTF8, 0, wide.data(), length, nullptr, 0, nullptr, nullptr);
  std::string utf8(static_cast<std::size_t>(size), '\0');
  WideCharToMultiByte(CP_UTF8, 0, wide.data(), length, utf8.data(), size, nullptr, nullptr);
  return utf8;
}
#else
using NativePath = std::string;
inline NativePath native_path(const std::string &utf8) { return utf8; }
inline std::string utf8_path(const NativePath &path) { return path; }
#endif

class ModelPath {
 public:
  explicit ModelPath(std::string utf8) : utf8_(std::move(utf8)) {}

  /// Only for a plugin with `needs_model = false`; others never see an empty path.
  bool empty() const noexcept { return utf8_.empty(); }
  const std::string &utf8() const noexcept { return utf8_; }
  /// As this system's file functions want it: UTF-16 on Windows.
  NativePath native() const { return native_path(utf8_); }

  /// The file's bytes. Throws Error: MODEL_NOT_FOUND if it is missing, INIT_FAILED if it cannot be read.
  std::vector<char> read() const {
    const File file = open();
    std::vector<char> bytes;
    char block[1 << 16];
    for (std::size_t count; (count = std::fread(block, 1, sizeof block, file.get())) > 0;) bytes.insert(bytes.end(), block, block + count);
    if (std::ferror(file.get()) != 0) refuse(MVAS_ERROR_INIT_FAILED, "cannot be read");
    return bytes;
  }

  /// Throws as `read` does, and for an empty file, which is no model of any kind.
  void check() const {
    const File file = open();
    char first;
    const std::size_t count = std::fread(&first, 1, 1, file.get());
    if (std::ferror(file.get()) != 0) refuse(MVAS_ERROR_INIT_FAILED, "cannot be read");
    if (count == 0) refuse(MVAS_ERROR_INIT_FAILED, "is empty");
  }

 private:
  struct Close {
    void operator()(std::FILE *file) const noexcept { std::fclose(file); }
  };
  using File = std::unique_ptr<std::FILE, Close>;

  [[noreturn]] void refuse(int32_t code, const std::string &why) const { throw Error(code, "Failed to open model file " + utf8_ + ": it " + why); }

  File open() const {
    if (empty()) throw Error(MVAS_ERROR_MODEL_NOT_FOUND, "Failed to open model file: no path was given");
    errno = 0;
#ifdef _WIN32
    File file(_wfopen(native().c_str(), L"rb"));
#else
    File file(std::fopen(utf8_.c_str(), "rb"));
#endif
    if (file) return file;
    if (errno == ENOENT || errno == ENOTDIR) refuse(MVAS_ERROR_MODEL_NOT_FOUND, "does not exist");
    refuse(MVAS_ERROR_INIT_FAILED, "cannot be opened");
  }

  std::string utf8_;
};

}  // namespace mvas

#endif  // MVAS_MODEL_PATH_HPP
