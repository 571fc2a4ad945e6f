#include "preprocessing.h"

#include <array>

namespace {

constexpr float kMean[] = {0.485f, 0.456f, 0.406f};
constexpr float kStd[] = {0.229f, 0.224f, 0.225f};

/// The normalised value of every grey value of one channel, so that a pixel costs a look-up and no division.
std::array<float, 256> table_of(int channel) {
  std::array<float, 256> table{};
  for (int value = 0; value < 256; ++value)
    table[value] = (static_cast<float>(value) / 255.0f - kMean[channel]) / kStd[channel];
  return table;
}

const std::array<float, 256> kRed = table_of(0), kGreen = table_of(1), kBlue = table_of(2);

}  // namespace

void Preprocessing::run(const mvas::ImageView& image, float* tensor) {
  mvas::resize(image, {resized_.data(), kModelSize, kModelSize});
  float *red = tensor, *green = red + resized_.size(), *blue = green + resized_.size();
  for (const mvas::Rgb pixel : resized_) {
    *red++ = kRed[pixel.r];
    *green++ = kGreen[pixel.g];
    *blue++ = kBlue[pixel.b];
  }
}
