// Draws what an inspection found over the photograph: heat map, contours, boxes.
#ifndef MVAS_DRAW_HPP
#define MVAS_DRAW_HPP

#include <array>
#include <vector>

#include "resize.hpp"

namespace mvas {

constexpr Rgb mark_color{255, 210, 40}, rim_color{16, 18, 24};

namespace detail {

inline float mix(float from, float to, float part) noexcept { return from + (to - from) * part; }

inline std::uint8_t mix_byte(int from, int to, float part) noexcept {
  return static_cast<std::uint8_t>(mix(static_cast<float>(from), static_cast<float>(to), part) + 0.5f);
}

inline Rgb mix_color(Rgb from, Rgb to, float part) noexcept {
  return {mix_byte(from.r, to.r, part), mix_byte(from.g, to.g, part), mix_byte(from.b, to.b, part)};
}

struct Heat {
  Rgb color;
  float opacity;
};

/// The kit's colour scale for 256 values from 0 to 1: indigo and clear over green to red; the reports use the same.
inline std::array<Heat, 256> heat_table() noexcept {
  constexpr Rgb stops[] = {{44, 30, 107}, {30, 100, 220}, {28, 180, 200}, {120, 210, 90}, {240, 225, 60}, {246, 130, 32}, {205, 20, 30}};
  std::array<Heat, 256> table{};
  for (int step = 0; step < 256; ++step) {
    const float value = static_cast<float>(step) / 255, place = value * 6;
    const int low = std::min(static_cast<int>(place), 5);
    const float rise = std::clamp((value - 0.12f) / 0.5f, 0.0f, 1.0f);
    table[static_cast<std::size_t>(step)] = {mix_color(stops[low], stops[low + 1], place - static_cast<float>(low)),
                                             0.72f * rise * rise * (3 - 2 * rise)};
  }
  return table;
}

/// Calls `row(y, values)` with the map enlarged to the picture's size, row by row.
template <class Row>
void enlarge(Plane<const float> map, int width, int height, Row row) {
  const std::vector<Tap> columns = taps(map.width, width), rows = taps(map.height, height);
  std::vector<float> blended(static_cast<std::size_t>(map.width)), values(static_cast<std::size_t>(width));
  for (int y = 0; y < height; ++y) {
    const Tap &down = rows[static_cast<std::size_t>(y)];
    const float *top = map.row(down.first), *bottom = map.row(down.second);
    for (std::size_t x = 0; x < blended.size(); ++x) blended[x] = mix(top[x], bottom[x], static_cast<float>(down.weight) / 2048);
    for (std::size_t x = 0; x < values.size(); ++x)
      values[x] = mix(blended[static_cast<std::size_t>(columns[x].first)], blended[static_cast<std::size_t>(columns[x].second)],
                      static_cast<float>(columns[x].weight) / 2048);
    row(y, values);
  }
}

/// Lines grow with the picture, so that they show on a thumbnail and at full size.
inline int line_width(Plane<Rgb> picture) noexcept { return std::max(1, std::min(picture.width, picture.height) / 240); }

inline void fill(Plane<Rgb> picture, int x1, int y1, int x2, int y2, Rgb color) noexcept {
  for (int y = std::max(y1, 0); y < std::min(y2, picture.height); ++y)
    for (int x = std::max(x1, 0); x < std::min(x2, picture.width); ++x) picture.at(x, y) = color;
}

/// The frame between the rectangle and the same rectangle grown by `line`.
inline void outline(Plane<Rgb> picture, int x1, int y1, int x2, int y2, int line, Rgb color) noexcept {
  fill(picture, x1 - line, y1 - line, x2 + line, y1, color);
  fill(picture, x1 - line, y2, x2 + line, y2 + line, color);
  fill(picture, x1 - line, y1, x1, y2, color);
  fill(picture, x2, y1, x2 + line, y2, color);
}

}  // namespace detail

/// Makes the result's visualization: the image in its own shape, at most `longest` pixels wide and high.
inline Plane<Rgb> draw_image(Result &result, const ImageView &image, int longest = 512) {
  const double scale = std::min(1.0, static_cast<double>(longest) / std::max(image.width(), image.height()));
  const auto scaled = [scale](int size) { return std::max(1, static_cast<int>(size * scale + 0.5)); };
  const Plane<Rgb> picture = result.visualization(scaled(image.width()), scaled(image.height()));
  resize(image, picture);
  return picture;
}

/// Lays the map (values 0..1, of any size) over the picture in colours; where it is low the picture stays as it is.
inline void draw_heatmap(Plane<Rgb> picture, Plane<const float> map) {
  const std::array<detail::Heat, 256> table = detail::heat_table();
  detail::enlarge(map, picture.width, picture.height, [&](int y, const std::vector<float> &values) {
    Rgb *pixel = picture.row(y);
    for (const float value : values) {
      const detail::Heat &heat = table[static_cast<std::size_t>((value > 0 ? std::min(value, 1.0f) : 0.0f) * 255 + 0.5f)];
      if (heat.opacity > 0) *pixel = detail::mix_color(*pixel, heat.color, heat.opacity);
      ++pixel;
    }
  });
}

/// Draws the line around all that reaches `level`, bright in a dark rim. It lies outside, so that what it shows stays visible.
inline void draw_contours(Plane<Rgb> picture, Plane<const float> map, float level) {
  std::vector<bool> inside(picture.size());
  detail::enlarge(map, picture.width, picture.height, [&](int y, const std::vector<float> &values) {
    for (std::size_t x = 0; x < values.size(); ++x) inside[static_cast<std::size_t>(y) * values.size() + x] = values[x] >= level;
  });
  const auto is_inside = [&](int x, int y) {
    x = std::clamp(x, 0, picture.width - 1);
    y = std::clamp(y, 0, picture.height - 1);
    return static_cast<bool>(inside[static_cast<std::size_t>(y) * static_cast<std::size_t>(picture.width) + static_cast<std::size_t>(x)]);
  };
  const int line = detail::line_width(picture);
  for (const auto &[reach, color] : {std::pair<int, Rgb>{2 * line, rim_color}, {line, mark_color}})
    for (int y = 0; y < picture.height; ++y)
      for (int x = 0; x < picture.width; ++x) {
        const bool border = is_inside(x, y) && !(is_inside(x - 1, y) && is_inside(x + 1, y) && is_inside(x, y - 1) && is_inside(x, y + 1));
        for (int dy = -reach; border && dy <= reach; ++dy)
          for (int dx = -reach; dx <= reach; ++dx)
            if (dx * dx + dy * dy <= reach * reach && !is_inside(x + dx, y + dy)) detail::fill(picture, x + dx, y + dy, x + dx + 1, y + dy + 1, color);
      }
}

/// Draws a box given in pixels of the submitted image, around what it marks.
inline void draw_box(Plane<Rgb> picture, const ImageView &image, const Box &box) {
  const auto place = [](float at, int size, int pixels) { return static_cast<int>(at * static_cast<float>(pixels) / static_cast<float>(size) + 0.5f); };
  const int line = detail::line_width(picture), x1 = place(box.x1, image.width(), picture.width) - line,
            y1 = place(box.y1, image.height(), picture.height) - line, x2 = place(box.x2, image.width(), picture.width) + line,
            y2 = place(box.y2, image.height(), picture.height) + line;
  detail::outline(picture, x1, y1, x2, y2, line, mark_color);
  detail::outline(picture, x1 - line, y1 - line, x2 + line, y2 + line, line, rim_color);
}

}  // namespace mvas

#endif  // MVAS_DRAW_HPP
