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

inline void mix_rows(const float *top, const float *bottom, float part, std::size_t count, float *to) noexcept {
  for (std::size_t i = 0; i < count; ++i) to[i] = mix(top[i], bottom[i], part);
}

/// Calls `row(y, values)` with the map enlarged to the picture's size, row by row; not for rows that lie between `clear` values only.
template <class Clear, class Row>
void enlarge(Plane<const float> map, int width, int height, Clear clear, Row row) {
  const std::vector<Tap> columns = taps(map.width, width), rows = taps(map.height, height);
  std::vector<float> mixed(static_cast<std::size_t>(map.width)), values(static_cast<std::size_t>(width));
  for (int y = 0; y < height; ++y) {
    const Tap &down = rows[static_cast<std::size_t>(y)];
    mix_rows(map.row(down.first), map.row(down.second), static_cast<float>(down.weight) / 2048, mixed.size(), mixed.data());
    if (clear(mixed)) continue;
    for (std::size_t x = 0; x < values.size(); ++x)
      values[x] = mix(mixed[static_cast<std::size_t>(columns[x].first)], mixed[static_cast<std::size_t>(columns[x].second)],
                      static_cast<float>(columns[x].weight) / 2048);
    row(y, values);
  }
}

/// Whether neither the values nor what is mixed of them show in a heat map: what changes a pixel is a third higher.
inline bool is_clear(const std::vector<float> &values) noexcept {
  std::size_t clear = 0;
  for (const float value : values) clear += value <= 0.1f;
  return clear == values.size();
}

/// Mixes colours into pixels, each of its three bytes with a part of its own.
inline void mix_bytes(std::uint8_t *to, const std::uint8_t *colors, const float *parts, std::size_t count) noexcept {
  for (std::size_t i = 0; i < count; ++i) to[i] = mix_byte(to[i], colors[i], parts[i]);
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
  std::vector<std::uint8_t> colors(3 * static_cast<std::size_t>(picture.width));
  std::vector<float> parts(colors.size());
  detail::enlarge(map, picture.width, picture.height, detail::is_clear, [&](int y, const std::vector<float> &values) {
    std::uint8_t *color = colors.data();
    float *part = parts.data();
    for (const float value : values) {
      const detail::Heat &heat = table[static_cast<std::size_t>((value > 0 ? std::min(value, 1.0f) : 0.0f) * 255 + 0.5f)];
      *color++ = heat.color.r;
      *color++ = heat.color.g;
      *color++ = heat.color.b;
      for (int channel = 0; channel < 3; ++channel) *part++ = heat.opacity;
    }
    detail::mix_bytes(reinterpret_cast<std::uint8_t *>(picture.row(y)), colors.data(), parts.data(), parts.size());
  });
}

/// Draws the line around all that reaches `level`, bright in a dark rim. It lies outside, so that what it shows stays visible.
inline void draw_contours(Plane<Rgb> picture, Plane<const float> map, float level) {
  std::vector<char> cells(picture.size());
  const Plane<char> inside{cells.data(), picture.width, picture.height};
  const auto none_is_clear = [](const std::vector<float> &) { return false; };
  detail::enlarge(map, picture.width, picture.height, none_is_clear, [inside, level](int y, const std::vector<float> &values) {
    std::transform(values.begin(), values.end(), inside.row(y), [level](float value) { return static_cast<char>(value >= level); });
  });
  const auto is_inside = [inside](int x, int y) { return inside.at(std::clamp(x, 0, inside.width - 1), std::clamp(y, 0, inside.height - 1)) != 0; };
  const auto is_border = [&](int x, int y) {
    return is_inside(x, y) && !(is_inside(x - 1, y) && is_inside(x + 1, y) && is_inside(x, y - 1) && is_inside(x, y + 1));
  };
  std::vector<std::pair<int, int>> border;
  for (int y = 0; y < picture.height; ++y)
    for (int x = 0; x < picture.width; ++x)
      if (is_border(x, y)) border.emplace_back(x, y);
  const int line = detail::line_width(picture);
  for (const auto &[reach, color] : {std::pair<int, Rgb>{2 * line, rim_color}, {line, mark_color}})
    for (const auto &[x, y] : border)
      for (int dy = -reach; dy <= reach; ++dy)
        for (int dx = -reach; dx <= reach; ++dx)
          if (dx * dx + dy * dy <= reach * reach && !is_inside(x + dx, y + dy)) detail::fill(picture, x + dx, y + dy, x + dx + 1, y + dy + 1, color);
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
