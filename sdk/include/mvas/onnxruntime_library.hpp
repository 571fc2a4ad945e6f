// Finds and opens ONNX Runtime at run time: beside the plugin's package, then where the user says, then on the system.
#ifndef MVAS_ONNXRUNTIME_LIBRARY_HPP
#define MVAS_ONNXRUNTIME_LIBRARY_HPP

#include <algorithm>
#include <cstdlib>
#include <initializer_list>
#include <string>
#include <vector>

#include "model_path.hpp"
#include "number.hpp"
#include "onnxruntime_api.hpp"
#ifndef _WIN32
#include <dlfcn.h>
#endif

namespace mvas::onnx::detail {

/// Internal linkage: its address is inside this very library, never inside another that has the same header.
static inline void inside_this_library() {}

#ifdef _WIN32
inline NativePath environment(const wchar_t *name) {
  const wchar_t *value = _wgetenv(name);
  return value == nullptr ? NativePath() : value;
}
constexpr wchar_t root_variable[] = L"ONNXRUNTIME_ROOT";
constexpr std::initializer_list<const char *> library_names = {"onnxruntime.dll"};

inline NativePath own_path() {
  HMODULE module = nullptr;
  const auto address = reinterpret_cast<LPCWSTR>(reinterpret_cast<void *>(&inside_this_library));
  if (!GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT, address, &module)) return {};
  NativePath path(32768, L'\0');
  path.resize(GetModuleFileNameW(module, path.data(), static_cast<DWORD>(path.size())));
  return path;
}

/// An absolute path lets its own folder serve what the library needs, if it has backslashes; a bare name is searched by the system.
inline void *open_library(NativePath path, std::string &why) {
  std::replace(path.begin(), path.end(), L'/', L'\\');
  const bool bare = path.find(L'\\') == NativePath::npos;
  const DWORD flags = bare ? LOAD_LIBRARY_SEARCH_DEFAULT_DIRS : LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR | LOAD_LIBRARY_SEARCH_DEFAULT_DIRS;
  HMODULE module = LoadLibraryExW(path.c_str(), nullptr, flags);
  if (module == nullptr) why = "Windows error " + mvas::detail::number_text(GetLastError());
  return reinterpret_cast<void *>(module);
}
inline void *find_symbol(void *library, const char *name) {
  return reinterpret_cast<void *>(GetProcAddress(reinterpret_cast<HMODULE>(library), name));
}
inline void close_library(void *library) { FreeLibrary(reinterpret_cast<HMODULE>(library)); }
inline bool exists(const NativePath &path) { return GetFileAttributesW(path.c_str()) != INVALID_FILE_ATTRIBUTES; }
#else
inline NativePath environment(const char *name) {
  const char *value = std::getenv(name);
  return value == nullptr ? NativePath() : value;
}
constexpr char root_variable[] = "ONNXRUNTIME_ROOT";
#ifdef __APPLE__
constexpr std::initializer_list<const char *> library_names = {"libonnxruntime.1.dylib", "libonnxruntime.dylib"};
#else
constexpr std::initializer_list<const char *> library_names = {"libonnxruntime.so.1", "libonnxruntime.so"};
#endif

inline NativePath own_path() {
  Dl_info info;
  if (dladdr(reinterpret_cast<void *>(&inside_this_library), &info) == 0) return {};
  char *absolute = realpath(info.dli_fname, nullptr);
  const NativePath path = absolute == nullptr ? info.dli_fname : absolute;
  std::free(absolute);
  return path;
}

inline void *open_library(const NativePath &path, std::string &why) {
  void *library = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) {
    const char *text = dlerror();
    why = text == nullptr ? "it cannot be opened" : text;
  }
  return library;
}
inline void *find_symbol(void *library, const char *name) { return dlsym(library, name); }
inline void close_library(void *library) { dlclose(library); }
inline bool exists(const NativePath &path) {
  std::FILE *file = std::fopen(path.c_str(), "rb");
  if (file != nullptr) std::fclose(file);
  return file != nullptr;
}
#endif

inline NativePath folder_of(const NativePath &path) {
  const auto separator = path.find_last_of(native_path("\\/"));
  return separator == NativePath::npos ? NativePath() : path.substr(0, separator);
}

/// bin/<dir>/plugin.so finds deps/<dir>, whatever <dir> is called.
inline NativePath package_folder() {
  const NativePath folder = folder_of(own_path()), root = folder_of(folder_of(folder));
  if (root.empty()) return {};
  return root + native_path("/deps/") + folder.substr(folder_of(folder).size() + 1);
}

/// All places in order of preference; a bare name leaves the search to the system.
inline std::vector<NativePath> candidates() {
  std::vector<NativePath> paths;
  const NativePath root = environment(root_variable), package = package_folder();
  for (const NativePath &folder : {package, root.empty() ? root : root + native_path("/lib"), root})
    for (const char *name : library_names)
      if (!folder.empty()) paths.push_back(folder + native_path("/") + native_path(name));
  for (const char *name : library_names) paths.push_back(native_path(name));
  return paths;
}

/// The API of one candidate, or nullptr and why not. The library stays open until the process ends: unloading it under
/// threads of its own is unsafe, and opening it again costs nothing.
inline const OrtApi *api_of(const NativePath &path, std::string &why) {
  void *library = open_library(path, why);
  if (library == nullptr) return nullptr;
  using GetApiBase = const OrtApiBase *(*)();
  const auto get_base = reinterpret_cast<GetApiBase>(find_symbol(library, "OrtGetApiBase"));
  const OrtApi *api = get_base == nullptr ? nullptr : get_base()->GetApi(api_version);
  if (api != nullptr) return api;
  why = get_base == nullptr ? "it is not ONNX Runtime" : std::string("its version ") + get_base()->GetVersionString() + " is older than 1.17";
  close_library(library);
  return nullptr;
}

/// ONNX Runtime's functions. Throws Error(MVAS_ERROR_INIT_FAILED) that lists where it looked.
inline const OrtApi &load_api() {
  std::string looked;
  for (const NativePath &path : candidates()) {
    const bool bare = folder_of(path).empty();
    std::string why = "not there";
    if (bare || exists(path))
      if (const OrtApi *api = api_of(path, why)) return *api;
    looked += (looked.empty() ? "" : "; ") + utf8_path(path) + (bare ? " on the system" : "") + " (" + why + ")";
  }
  const std::string variable = environment(root_variable).empty() ? "; ONNXRUNTIME_ROOT is not set" : "";
  throw Error(MVAS_ERROR_INIT_FAILED, "ONNX Runtime 1.17 or later was not found. Looked for " + looked + variable);
}

}  // namespace mvas::onnx::detail

#endif  // MVAS_ONNXRUNTIME_LIBRARY_HPP
