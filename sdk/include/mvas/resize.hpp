// Brings an image to another size: the one way that plugins, scripts and the fitting of models share.
#ifndef MVAS_RESIZE_HPP
#define MVAS_RESIZE_HPP

#include <vector>

#include "image.hpp"
#include "result.hpp"

namespace mvas {
namespace detail {

/// Where a target position looks: two neighbours, and the weight of the second in 1/2048.
struct Tap {
  int first, second, weight;
};

/// Pixel centres lie at one half, as in cv::INTER_LINEAR. Whole numbers only: the same on every processor and in every language.
inline std::vector<Tap> taps(int size, int target) {
  std::vector<Tap> taps(static_cast<std::size_t>(target));
  const std::int64_t unit = 2 * static_cast<std::int64_t>(target);
  for (int at = 0; at < target; ++at) {
    const std::int64_t place = std::max<std::int64_t>((2 * static_cast<std::int64_t>(at) + 1) * size - target, 0);
    const int first = static_cast<int>(std::min<std::int64_t>(place / unit, size - 1));
    const int weight = static_cast<int>(((place - first * unit) * 2048 + target) / unit);
    taps[static_cast<std::size_t>(at)] = {first, std::min(first + 1, size - 1), weight};
  }
  return taps;
}

/// One channel of four neighbours, rounded half up.
inline std::uint8_t blend(int a, int b, int c, int d, int across, int down) noexcept {
  const int top = a * (2048 - across) + b * across, bottom = c * (2048 - across) + d * across;
  return static_cast<std::uint8_t>((top * (2048 - down) + bottom * down + (1 << 21)) >> 22);
}

/// `columns` hold byte offsets. Red, Green and Blue are the places of the channels within a pixel.
template <int Red, int Green, int Blue>
void resize_row(const std::uint8_t *top, const std::uint8_t *bottom, int down, const std::vector<Tap> &columns, Rgb *to) noexcept {
  for (const Tap &tap : columns) {
    const std::uint8_t *a = top + tap.first, *b = top + tap.second, *c = bottom + tap.first, *d = bottom + tap.second;
    to->r = blend(a[Red], b[Red], c[Red], d[Red], tap.weight, down);
    to->g = Red == Green ? to->r : blend(a[Green], b[Green], c[Green], d[Green], tap.weight, down);
    to->b = Red == Blue ? to->r : blend(a[Blue], b[Blue], c[Blue], d[Blue], tap.weight, down);
    ++to;
  }
}

}  // namespace detail

/// Stretches the image to the size of `to`, bilinear without antialiasing, rounded to whole grey values; alpha is dropped.
inline void resize(const ImageView &image, Plane<Rgb> to) {
  std::vector<detail::Tap> columns = detail::taps(image.width(), to.width);
  for (detail::Tap &tap : columns) {
    tap.first *= image.channels();
    tap.second *= image.channels();
  }
  const auto row = image.format() == Format::gray  ? detail::resize_row<0, 0, 0>
                   : image.format() == Format::bgr ? detail::resize_row<2, 1, 0>
                                                   : detail::resize_row<0, 1, 2>;
  const std::vector<detail::Tap> rows = detail::taps(image.height(), to.height);
  for (int y = 0; y < to.height; ++y) {
    const detail::Tap &tap = rows[static_cast<std::size_t>(y)];
    row(image.row(tap.first), image.row(tap.second), tap.weight, columns, to.row(y));
  }
}

}  // namespace mvas

#endif  // MVAS_RESIZE_HPP
