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

/// Stretches one row to the columns, in 1/2048 of a grey value. The columns hold byte offsets; Red, Green and Blue are the
/// places of the channels within a pixel.
template <int Red, int Green, int Blue>
void stretch_row(const std::uint8_t *from, const std::vector<Tap> &columns, int *to) noexcept {
  for (const Tap &tap : columns) {
    const std::uint8_t *a = from + tap.first, *b = from + tap.second;
    to[0] = a[Red] * 2048 + (b[Red] - a[Red]) * tap.weight;
    to[1] = Red == Green ? to[0] : a[Green] * 2048 + (b[Green] - a[Green]) * tap.weight;
    to[2] = Red == Blue ? to[0] : a[Blue] * 2048 + (b[Blue] - a[Blue]) * tap.weight;
    to += 3;
  }
}

using StretchRow = void (*)(const std::uint8_t *, const std::vector<Tap> &, int *) noexcept;

inline StretchRow stretch_row_for(Format format) noexcept {
  if (format == Format::gray) return stretch_row<0, 0, 0>;
  return format == Format::bgr ? stretch_row<2, 1, 0> : stretch_row<0, 1, 2>;
}

/// Blends two stretched rows, rounded half up. What it reads lies side by side, so that compilers work on several values at once.
inline void blend_rows(const int *top, const int *bottom, int down, std::size_t count, std::uint8_t *to) noexcept {
  for (std::size_t i = 0; i < count; ++i) to[i] = static_cast<std::uint8_t>((top[i] * 2048 + (bottom[i] - top[i]) * down + (1 << 21)) >> 22);
}

/// The rows of an image, stretched to a width. It keeps the last two, which the next target row often needs again.
class StretchedRows {
 public:
  StretchedRows(const ImageView &image, int width)
      : image_(image), stretch_(stretch_row_for(image.format())), columns_(taps(image.width(), width)) {
    for (Tap &tap : columns_) {
      tap.first *= image.channels();
      tap.second *= image.channels();
    }
    for (Kept &kept : kept_) kept.values.resize(3 * columns_.size());
  }

  /// Valid until a row that is not its neighbour is asked for.
  const int *row(int y) {
    Kept &kept = kept_[y % 2];
    if (kept.y != y) stretch_(image_.row(y), columns_, kept.values.data());
    kept.y = y;
    return kept.values.data();
  }

 private:
  struct Kept {
    int y = -1;
    std::vector<int> values;
  };

  ImageView image_;
  StretchRow stretch_;
  std::vector<Tap> columns_;
  Kept kept_[2];
};

}  // namespace detail

/// Stretches the image to the size of `to`, bilinear without antialiasing, rounded to whole grey values; alpha is dropped.
inline void resize(const ImageView &image, Plane<Rgb> to) {
  const auto bytes = [to](int y) { return reinterpret_cast<std::uint8_t *>(to.row(y)); };
  if (image.width() == to.width && image.height() == to.height) {
    for (int y = 0; y < to.height; ++y) detail::copy_row<Format::rgb>(image, y, bytes(y));
    return;
  }
  const std::vector<detail::Tap> rows = detail::taps(image.height(), to.height);
  detail::StretchedRows stretched(image, to.width);
  for (int y = 0; y < to.height; ++y) {
    const detail::Tap &tap = rows[static_cast<std::size_t>(y)];
    detail::blend_rows(stretched.row(tap.first), stretched.row(tap.second), tap.weight, 3 * static_cast<std::size_t>(to.width), bytes(y));
  }
}

}  // namespace mvas

#endif  // MVAS_RESIZE_HPP
