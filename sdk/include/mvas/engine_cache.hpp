// Engines that were built on this machine, kept in a folder: building one takes minutes, loading it a second.
#ifndef MVAS_ENGINE_CACHE_HPP
#define MVAS_ENGINE_CACHE_HPP

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "onnxruntime_library.hpp"

namespace mvas::tensorrt {

namespace detail {

/// FNV-1a: tells models apart and finds files that were cut off; it is no protection against an attacker.
inline std::uint64_t digest(const char *data, std::size_t size) {
  std::uint64_t hash = 14695981039346656037u;
  for (std::size_t i = 0; i < size; ++i) hash = (hash ^ static_cast<unsigned char>(data[i])) * 1099511628211u;
  return hash;
}

inline std::string hexadecimal(std::uint64_t value) {
  std::string text(16, '0');
  for (std::size_t i = 16; i-- > 0; value >>= 4) text[i] = "0123456789abcdef"[value & 15];
  return text;
}

/// A file name of letters, digits, dots and hyphens.
inline std::string plain(std::string text) {
  for (char &c : text)
    if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.')) c = '-';
  return text;
}

#ifdef _WIN32
inline std::filesystem::path user_cache() { return onnx::detail::environment(L"LOCALAPPDATA"); }
#else
inline std::filesystem::path user_cache() {
  const std::string chosen = onnx::detail::environment("XDG_CACHE_HOME"), home = onnx::detail::environment("HOME");
  if (!chosen.empty()) return chosen;
  return home.empty() ? std::filesystem::path() : std::filesystem::path(home) / ".cache";
}
#endif

}  // namespace detail

/// One engine's place in the cache.
class CachedEngine {
 public:
  /// `folder` is an absolute path, or "" for the user's own cache folder; `model` are the bytes of the ONNX file, `made_for` says all
  /// that an engine depends on. Throws Error(INVALID_INPUT) for a relative folder.
  CachedEngine(const std::string &folder, const std::vector<char> &model, const std::string &made_for) {
    std::filesystem::path place = native_path(folder);
    if (!folder.empty() && !place.is_absolute())
      throw Error(MVAS_ERROR_INVALID_INPUT, "engine_cache must be an absolute path or empty, not " + folder);
    if (folder.empty()) place = detail::user_cache();
    if (place.empty()) return;
    if (folder.empty()) place = place / "mvas" / "engines";
    path_ = place / (detail::hexadecimal(detail::digest(model.data(), model.size())) + "-" + detail::plain(made_for) + ".engine");
  }

  /// The engine, or nothing where there is none that is whole.
  std::optional<std::vector<char>> read() const {
    const ModelPath file(utf8_path(path_.native()));
    std::vector<char> bytes;
    try {
      if (!path_.empty()) bytes = file.read();
    } catch (const Error &) {
      return std::nullopt;
    }
    if (bytes.size() < digest_size) return std::nullopt;
    const std::string wanted(bytes.end() - digest_size, bytes.end());
    bytes.resize(bytes.size() - digest_size);
    if (wanted != detail::hexadecimal(detail::digest(bytes.data(), bytes.size()))) return std::nullopt;
    return bytes;
  }

  /// Keeps an engine whole or not at all; where the disk refuses, it is built again next time.
  void write(const std::vector<char> &plan) const {
    if (path_.empty()) return;
    std::error_code ignored;
    std::filesystem::create_directories(path_.parent_path(), ignored);
    const std::uint64_t now = static_cast<std::uint64_t>(std::chrono::steady_clock::now().time_since_epoch().count());
    const auto self = reinterpret_cast<std::uintptr_t>(this);
    std::filesystem::path part = path_;
    part += "." + detail::hexadecimal(now ^ self) + ".part";
    if (fill(part, plan)) std::filesystem::rename(part, path_, ignored);
    std::filesystem::remove(part, ignored);
  }

 private:
  static constexpr std::size_t digest_size = 16;

  static bool fill(const std::filesystem::path &path, const std::vector<char> &plan) {
#ifdef _WIN32
    std::FILE *file = _wfopen(path.c_str(), L"wb");
#else
    std::FILE *file = std::fopen(path.c_str(), "wb");
#endif
    if (file == nullptr) return false;
    const std::string seal = detail::hexadecimal(detail::digest(plan.data(), plan.size()));
    const bool written = std::fwrite(plan.data(), 1, plan.size(), file) == plan.size() && std::fwrite(seal.data(), 1, seal.size(), file) == seal.size();
    return (std::fclose(file) == 0) && written;
  }

  std::filesystem::path path_;
};

}  // namespace mvas::tensorrt

#endif  // MVAS_ENGINE_CACHE_HPP
