// The model: loaded once, run for each image.
#pragma once

#include <mvas_onnxruntime.hpp>

#include "preprocessing.h"

/// Runs models/model.onnx: 1 x 3 x 256 x 256 in, an anomaly map of 1 x 256 x 256 out.
class InferenceEngine {
 public:
  /// Loads the model; throws mvas::Error when it is missing, broken or of another shape.
  InferenceEngine(const mvas::ModelPath& model, int threads);

  /// The anomaly of each place of the image, 0 (good) to 1; valid until the next run.
  mvas::Plane<const float> run(const mvas::ImageView& image);

  int threads() const { return threads_; }

 private:
  int threads_;
  Preprocessing preprocessing_;
  mvas::onnx::Session session_;
};
