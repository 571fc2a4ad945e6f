// A model on an NVIDIA GPU in a plugin: mvas::tensorrt::Session runs an engine, or an ONNX model, then also without a GPU.
//
//   mvas::tensorrt::Options options;
//   options.input = {1, 3, 256, 256};
//   options.output = {1, 256, 256};
//   session = mvas::tensorrt::Session(model, options);      // in init; throws mvas::Error
//   …fill session.input(); session.run(); read session.output()…
//
// A file that ends in .onnx is built into an engine once, which is kept in a cache; without GPU, TensorRT or an operator that TensorRT
// has, ONNX Runtime runs it on the CPU, and `about` says so. Any other file is an engine: it needs the GPU that it was built on.
#ifndef MVAS_TENSORRT_HPP
#define MVAS_TENSORRT_HPP

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "mvas/engine_cache.hpp"
#include "mvas/tensorrt_builder.hpp"
#include "mvas_onnxruntime.hpp"

namespace mvas::tensorrt {

enum class Where { automatic, gpu, cpu };

struct Options {
  /// What the plugin feeds into the one input and reads from the one output, both of float, no size left open.
  Shape input, output;
  /// gpu: fails where automatic would run on the CPU. cpu: does not look for a GPU.
  Where where = Where::automatic;
  /// Absolute folder for engines that are built; "" for the user's cache folder.
  std::string engine_cache;
  /// Of ONNX Runtime on the CPU; 0: one for each physical core.
  int threads = 0;
};

class Session {
 public:
  Session() = default;

  /// Throws Error: MODEL_NOT_FOUND; INIT_FAILED without a device for an engine, with an engine of another GPU or version, for a model that
  /// nothing can run or that has other shapes; OUT_OF_MEMORY where the device has too little, which no CPU steps in for.
  Session(const ModelPath &model, const Options &options) {
    model.check();
    if (!is_onnx(model.utf8())) {
      open_engine(model, options);
      return;
    }
    const std::string why = options.where == Where::cpu ? "the configuration says so" : try_gpu(model, options);
    if (engine_) return;
    if (options.where == Where::gpu) throw Error(MVAS_ERROR_INIT_FAILED, why);
    open_on_cpu(model, options, why);
  }

  float *input() { return engine_ ? engine_->input() : cpu_.input<float>(); }
  /// Of the last run, valid until the next.
  const float *output() const { return engine_ ? engine_->output() : cpu_.output<float>().data; }
  /// Throws Error: INFERENCE or OUT_OF_MEMORY.
  void run() { engine_ ? engine_->run() : cpu_.run(); }

  bool on_gpu() const noexcept { return engine_ != nullptr; }
  /// By what the model runs, and if on the CPU, why: "TensorRT 10.3.0 on NVIDIA RTX A4000".
  const std::string &about() const noexcept { return about_; }

 private:
  static bool is_onnx(std::string path) {
    for (char &c : path) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return path.size() >= 5 && path.compare(path.size() - 5, 5, ".onnx") == 0;
  }

  void open_engine(const ModelPath &model, const Options &options) {
    const std::string subject = "engine " + model.utf8();
    if (options.where == Where::cpu) throw Error(MVAS_ERROR_INIT_FAILED, subject + " cannot run on the CPU, as the configuration wants");
    std::string why;
    const std::optional<cuda::Device> device = cuda::find_device(why);
    if (!device) throw Error(MVAS_ERROR_INIT_FAILED, subject + " needs a GPU: " + why);
    const Library library;
    engine_ = std::make_unique<Engine>(library, model.read(), subject, Shapes{options.input, options.output});
    about_ = on(library, *device);
  }

  /// Runs the model on the GPU, or says why not. Want of memory is thrown: the model would fit another time.
  std::string try_gpu(const ModelPath &model, const Options &options) {
    std::string why;
    const std::optional<cuda::Device> device = cuda::find_device(why);
    if (!device) return why;
    try {
      const Library library;
      const std::vector<char> bytes = model.read();
      const auto number = [](int value) { return mvas::detail::number_text(value); };
      const std::string made_for = library.version() + " " + device->name + " " + number(device->major) + "." + number(device->minor);
      open_built(library, bytes, CachedEngine(options.engine_cache, bytes, made_for), model.utf8(), {options.input, options.output});
      about_ = on(library, *device);
      return "";
    } catch (const Error &error) {
      if (error.code() != MVAS_ERROR_INIT_FAILED) throw;
      return error.what();
    }
  }

  /// A kept engine that does not load is built anew: a driver may have changed under it.
  void open_built(const Library &library, const std::vector<char> &model, const CachedEngine &cache, const std::string &name, const Shapes &shapes) {
    if (const std::optional<std::vector<char>> kept = cache.read()) {
      try {
        engine_ = std::make_unique<Engine>(library, *kept, "kept engine of " + name, shapes);
        return;
      } catch (const Error &error) {
        if (error.code() != MVAS_ERROR_INIT_FAILED) throw;
      }
    }
    const std::vector<char> plan = build_engine(library, model, name, shapes);
    engine_ = std::make_unique<Engine>(library, plan, "engine of " + name, shapes);
    cache.write(plan);
  }

  void open_on_cpu(const ModelPath &model, const Options &options, const std::string &why) {
    onnx::Options cpu;
    cpu.input = options.input;
    cpu.output = options.output;
    cpu.threads = options.threads;
    try {
      cpu_ = onnx::Session(model, cpu);
    } catch (const Error &error) {
      throw Error(error.code(), std::string(error.what()) + " (on the CPU because: " + why + ")");
    }
    about_ = "ONNX Runtime on the CPU: " + why;
  }

  static std::string on(const Library &library, const cuda::Device &device) { return "TensorRT " + library.version() + " on " + device.name; }

  std::unique_ptr<Engine> engine_;
  onnx::Session cpu_;
  std::string about_;
};

}  // namespace mvas::tensorrt

#endif  // MVAS_TENSORRT_HPP
