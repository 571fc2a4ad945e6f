// A plain C++ test through the plugin interface, as a host sees it: test_plugin <library> <model>. ctest runs it.
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "mvas_plugin.h"
#ifdef _WIN32
#include <windows.h>
#else
#include <dlfcn.h>
#endif

namespace {

int failures = 0;

void expect(bool holds, const char *what) {
  std::printf("%s %s\n", holds ? "ok    " : "FAILED", what);
  if (!holds) ++failures;
}

void *open_library(const char *path) {
#ifdef _WIN32
  return reinterpret_cast<void *>(LoadLibraryA(path));
#else
  void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) std::fprintf(stderr, "%s\n", dlerror());
  return library;
#endif
}

template <class Function>
Function *find(void *library, const char *name) {
#ifdef _WIN32
  void *symbol = reinterpret_cast<void *>(GetProcAddress(reinterpret_cast<HMODULE>(library), name));
#else
  void *symbol = dlsym(library, name);
#endif
  if (symbol == nullptr) {
    std::fprintf(stderr, "%s is not exported\n", name);
    std::exit(1);
  }
  return reinterpret_cast<Function *>(symbol);
}

/// A frame of seeded noise with rows of `stride` bytes; the padding is filled with junk that must not matter.
struct Frame {
  std::vector<std::uint8_t> bytes;
  MVASImage image;

  Frame(std::int32_t width, std::int32_t height, std::int32_t stride)
      : bytes(static_cast<std::size_t>(stride) * static_cast<std::size_t>(height), 0xEE),
        image{bytes.data(), width, height, 3, stride, MVAS_FORMAT_RGB} {
    std::uint32_t state = 7;
    for (std::int32_t y = 0; y < height; ++y)
      for (std::int32_t x = 0; x < width * 3; ++x) {
        state = state * 1664525u + 1013904223u;
        bytes[static_cast<std::size_t>(y * stride + x)] = static_cast<std::uint8_t>(state >> 24);
      }
  }
};

}  // namespace

int main(int argc, char **argv) {
  if (argc != 3) {
    std::fprintf(stderr, "usage: test_plugin <library> <model>\n");
    return 2;
  }
  void *library = open_library(argv[1]);
  if (library == nullptr) return 1;
  const auto get_info = find<mvas_get_info_fn>(library, "mvas_get_info");
  const auto init = find<mvas_init_fn>(library, "mvas_init");
  const auto infer = find<mvas_infer_fn>(library, "mvas_infer");
  const auto cleanup = find<mvas_cleanup_fn>(library, "mvas_cleanup");
  const auto get_error = find<mvas_get_error_fn>(library, "mvas_get_error");
  const auto set_config = find<mvas_set_config_fn>(library, "mvas_set_config");
  const auto free_result = find<mvas_free_result_fn>(library, "mvas_free_result");

  const MVASPluginInfo *info = get_info();
  expect(info != nullptr && info->input_width == 256 && info->input_height == 256, "the model's input is 256 x 256");

  const Frame packed(320, 240, 320 * 3), padded(320, 240, 320 * 3 + 13);
  MVASResult result{};
  expect(infer(&packed.image, &result) == MVAS_ERROR_NOT_INITIALIZED, "infer before init is refused");
  expect(init("no/such/model.onnx", nullptr) == MVAS_ERROR_MODEL_NOT_FOUND, "a missing model is told apart");
  expect(std::strlen(get_error()) > 0, "the error says what is wrong");
  expect(init(argv[2], "{\"threshold\": \"high\"}") == MVAS_ERROR_INVALID_INPUT, "a threshold that is no number is refused");
  const bool ready = init(argv[2], "{}") == MVAS_OK;
  expect(ready, "init loads the model");
  if (!ready) {
    std::fprintf(stderr, "%s\n", get_error());
    return 1;
  }

  expect(infer(&packed.image, &result) == MVAS_OK, "infer takes a frame");
  const float score = result.anomaly_score;
  expect(score >= 0 && score <= 1 && result.confidence >= 0 && result.confidence <= 1, "score and confidence are in 0..1");
  expect(result.anomaly_map != nullptr && result.anomaly_map_width == 256, "the anomaly map has the model's size");
  free_result(&result);
  expect(infer(&padded.image, &result) == MVAS_OK && result.anomaly_score == score, "padded rows give the same score");
  free_result(&result);

  const MVASConfigParam lowest{"threshold", "0.0"}, none{"visualization_type", "none"}, unknown{"treshold", "0.5"};
  expect(set_config(&lowest, 1) == MVAS_OK && infer(&packed.image, &result) == MVAS_OK && std::strcmp(result.decision, MVAS_DECISION_FAIL) == 0,
         "with threshold 0 every part fails");
  free_result(&result);
  expect(set_config(&none, 1) == MVAS_OK && infer(&packed.image, &result) == MVAS_OK && result.visualization == nullptr,
         "visualization_type none draws nothing");
  free_result(&result);
  expect(set_config(&unknown, 1) == MVAS_ERROR_UNSUPPORTED, "an unknown setting is refused");

  cleanup();
  expect(infer(&packed.image, &result) == MVAS_ERROR_NOT_INITIALIZED, "infer after cleanup is refused");
  std::printf("%d failed\n", failures);
  return failures == 0 ? 0 : 1;
}
