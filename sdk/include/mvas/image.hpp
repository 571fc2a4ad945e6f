// The submitted image as an author sees it: checked, with its row padding and byte order out of the way.
#ifndef MVAS_IMAGE_HPP
#define MVAS_IMAGE_HPP

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>

#include "error.hpp"
#include "number.hpp"

namespace mvas {

enum class Format { rgb, bgr, gray, rgba };

constexpr int channels(Format format) noexcept { return format == Format::gray ? 1 : format == Format::rgba ? 4 : 3; }

constexpr const char *name(Format format) noexcept {
  switch (format) {
    case Format::bgr: return MVAS_FORMAT_BGR;
    case Format::gray: return MVAS_FORMAT_GRAY;
    case Format::rgba: return MVAS_FORMAT_RGBA;
    default: return MVAS_FORMAT_RGB;
  }
}

/// A set of formats, made by `accept`.
struct Formats {
  unsigned bits = 0;
  constexpr bool has(Format format) const noexcept { return (bits >> static_cast<int>(format) & 1U) != 0; }
};

template <class... F>
constexpr Formats accept(F... formats) noexcept {
  return {((1U << static_cast<int>(formats)) | ... | 0U)};
}

/// One pixel; also the pixel of a visualization.
struct Rgb {
  std::uint8_t r, g, b;
};
static_assert(sizeof(Rgb) == 3, "a visualization is made of packed bytes");

/// ITU-R BT.601 luminance in 14-bit fixed point, the same in host, plugins and tools.
constexpr std::uint8_t luminance(Rgb p) noexcept {
  return static_cast<std::uint8_t>((4899 * p.r + 9617 * p.g + 1868 * p.b + 8192) >> 14);
}

class Image;

/// The host's pixels during one call: never written, never kept. `x` and `y` are not checked.
class ImageView {
 public:
  ImageView(const std::uint8_t *data, int width, int height, std::ptrdiff_t stride, Format format) noexcept
      : data_(data), stride_(stride), width_(width), height_(height), format_(format) {}

  int width() const noexcept { return width_; }
  int height() const noexcept { return height_; }
  int channels() const noexcept { return mvas::channels(format_); }
  Format format() const noexcept { return format_; }
  /// Bytes from one row to the next; the last row has no padding to read.
  std::ptrdiff_t stride() const noexcept { return stride_; }

  /// First byte of row `y`: width() * channels() bytes in the order of format().
  const std::uint8_t *row(int y) const noexcept { return data_ + y * stride_; }

  Rgb rgb(int x, int y) const noexcept {
    const std::uint8_t *p = row(y) + static_cast<std::ptrdiff_t>(x) * channels();
    if (format_ == Format::gray) return {p[0], p[0], p[0]};
    return format_ == Format::bgr ? Rgb{p[2], p[1], p[0]} : Rgb{p[0], p[1], p[2]};
  }

  /// Luminance 0..255.
  std::uint8_t gray(int x, int y) const noexcept {
    return format_ == Format::gray ? row(y)[x] : luminance(rgb(x, y));
  }

  /// A packed copy in the format that the model wants; alpha is dropped, or 255 where it is asked for and absent.
  template <Format F>
  Image to() const;

 private:
  const std::uint8_t *data_;
  std::ptrdiff_t stride_;
  int width_, height_;
  Format format_;
};

/// Packed pixels of its own.
class Image {
 public:
  /// Pixels are not initialised.
  Image(int width, int height, Format format)
      : pixels_(new std::uint8_t[bytes(width, height, format)]), width_(width), height_(height), format_(format) {}

  std::uint8_t *data() noexcept { return pixels_.get(); }
  const std::uint8_t *data() const noexcept { return pixels_.get(); }
  std::size_t size() const noexcept { return bytes(width_, height_, format_); }
  int width() const noexcept { return width_; }
  int height() const noexcept { return height_; }
  ImageView view() const noexcept {
    return {pixels_.get(), width_, height_, static_cast<std::ptrdiff_t>(width_) * channels(format_), format_};
  }

 private:
  static std::size_t bytes(int width, int height, Format format) {
    return static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * static_cast<std::size_t>(channels(format));
  }
  std::unique_ptr<std::uint8_t[]> pixels_;
  int width_, height_;
  Format format_;
};

namespace detail {

/// Writes width * channels(F) bytes.
template <Format F>
void copy_row(const ImageView &image, int y, std::uint8_t *to) noexcept {
  if (image.format() == F) {
    std::memcpy(to, image.row(y), static_cast<std::size_t>(image.width()) * static_cast<std::size_t>(mvas::channels(F)));
    return;
  }
  for (int x = 0; x < image.width(); ++x) {
    if constexpr (F == Format::gray) {
      *to++ = image.gray(x, y);
    } else {
      const Rgb p = image.rgb(x, y);
      *to++ = F == Format::bgr ? p.b : p.r;
      *to++ = p.g;
      *to++ = F == Format::bgr ? p.r : p.b;
      if constexpr (F == Format::rgba) *to++ = 255;
    }
  }
}

}  // namespace detail

template <Format F>
Image ImageView::to() const {
  Image out(width_, height_, F);
  const std::size_t row_bytes = static_cast<std::size_t>(width_) * static_cast<std::size_t>(mvas::channels(F));
  for (int y = 0; y < height_; ++y) detail::copy_row<F>(*this, y, out.data() + static_cast<std::size_t>(y) * row_bytes);
  return out;
}

namespace detail {

/// By bytes, not by strcmp: it runs in every call.
inline bool parse_format(const char *text, Format &format) noexcept {
  const bool reversed = text[0] == 'B';
  if (text[0] == 'G') {
    format = Format::gray;
    return text[1] == 'R' && text[2] == 'A' && text[3] == 'Y' && text[4] == '\0';
  }
  if ((!reversed && text[0] != 'R') || text[1] != 'G' || text[2] != (reversed ? 'R' : 'B')) return false;
  format = reversed ? Format::bgr : text[3] == 'A' ? Format::rgba : Format::rgb;
  return text[format == Format::rgba ? 4 : 3] == '\0';
}

[[noreturn]] inline void refuse_image(const std::string &why) { throw Error(MVAS_ERROR_INVALID_INPUT, why); }

/// The host's struct as a view, or an Error that names the field. Hosts in the field say "RGB" for every image.
inline ImageView check_image(const MVASImage *image, Formats accepted) {
  if (image == nullptr || image->data == nullptr || image->format == nullptr) refuse_image("image, its data or its format is NULL");
  if (image->width <= 0 || image->height <= 0)
    refuse_image("image size is " + detail::number_text(image->width) + " x " + detail::number_text(image->height));
  Format format;
  if (!parse_format(image->format, format)) refuse_image("unknown image format \"" + std::string(image->format).substr(0, 32) + '"');
  if (format == Format::rgb && image->channels == 1 && accepted.has(Format::gray)) format = Format::gray;
  if (format == Format::rgb && image->channels == 4 && accepted.has(Format::rgba)) format = Format::rgba;
  if (image->channels != channels(format))
    refuse_image(std::string(name(format)) + " image with " + detail::number_text(image->channels) + " channels");
  const std::int64_t row_bytes = static_cast<std::int64_t>(image->width) * image->channels;
  if (image->stride < row_bytes)
    refuse_image("image stride " + detail::number_text(image->stride) + " is less than a row of " + detail::number_text(row_bytes) + " bytes");
  if (row_bytes > INT32_MAX / image->height) refuse_image("image has more than 2147483647 bytes");
  if (!accepted.has(format)) throw Error(MVAS_ERROR_UNSUPPORTED, std::string("image format ") + name(format) + " is not supported");
  return {image->data, image->width, image->height, image->stride, format};
}

}  // namespace detail
}  // namespace mvas

#endif  // MVAS_IMAGE_HPP
