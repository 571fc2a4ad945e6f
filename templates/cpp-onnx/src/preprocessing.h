// From the host's image to the numbers that the model was fitted to.
#pragma once

#include <mvas_vision.hpp>
#include <vector>

/// Width and height of the model's input and of its anomaly map.
constexpr int kModelSize = 256;

/// Stretches the image to 256 x 256, scales to 0..1, subtracts ImageNet's mean, divides by its standard deviation.
/// `scripts/fitting/preprocessing.py` does the same when the model is fitted: change both or neither.
class Preprocessing {
 public:
  /// Fills `tensor`, 3 x 256 x 256: all reds, then all greens, then all blues.
  void run(const mvas::ImageView& image, float* tensor);

 private:
  std::vector<mvas::Rgb> resized_ = std::vector<mvas::Rgb>(kModelSize * kModelSize);
};
