// The model: loaded once, run for each image.
#pragma once

#include <mvas_tensorrt.hpp>

#include "preprocessing.h"

/// Runs models/model.onnx or an engine made of it: 1 x 3 x 256 x 256 in, an anomaly map of 1 x 256 x 256 out.
class InferenceEngine {
 public:
  /// What is set in the configuration.
  struct Settings {
    std::string device;        // auto, gpu or cpu
    std::string engine_cache;  // folder, "" for the user's own
    int threads = 0;           // on the CPU
  };

  /// Loads the model; throws mvas::Error when it is missing, broken, of another shape or of another GPU.
  InferenceEngine(const mvas::ModelPath& model, const Settings& settings);

  /// The anomaly of each place of the image, 0 (good) to 1; valid until the next run.
  mvas::Plane<const float> run(const mvas::ImageView& image);

  /// By what it runs, and if on the CPU, why.
  const std::string& about() const { return session_.about(); }
  /// Whether an engine that was made with other settings would be another one.
  bool fits(int threads) const { return session_.on_gpu() || threads == threads_; }

 private:
  int threads_;
  Preprocessing preprocessing_;
  mvas::tensorrt::Session session_;
};
