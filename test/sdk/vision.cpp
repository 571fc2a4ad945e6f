// Tries mvas_vision.hpp: resizing, regions, drawing, by cases with known answers and held against the same done pixel by pixel.
// Prints what does not hold and how many cases were tried.
#include <mvas_vision.hpp>

#include <cmath>
#include <cstdio>
#include <cstring>
#include <random>
#include <vector>

namespace {

int tried = 0, failed = 0;

void expect(bool holds, const char *what) {
  ++tried;
  if (holds) return;
  ++failed;
  std::printf("does not hold: %s\n", what);
}

/// A picture with a bitmap behind it.
struct Canvas {
  std::vector<mvas::Rgb> pixels;
  mvas::Plane<mvas::Rgb> plane;
  Canvas(int width, int height) : pixels(static_cast<std::size_t>(width) * static_cast<std::size_t>(height)), plane{pixels.data(), width, height} {}
};

bool same(mvas::Rgb a, mvas::Rgb b) { return a.r == b.r && a.g == b.g && a.b == b.b; }

void resizing() {
  const std::uint8_t grey[] = {0, 100, 200, 99, 50, 150, 250, 99};  // two rows of three pixels and a byte of padding
  const mvas::ImageView image(grey, 3, 2, 4, mvas::Format::gray);
  Canvas equal(3, 2), large(6, 4), one(1, 1);
  mvas::resize(image, equal.plane);
  for (int y = 0; y < 2; ++y)
    for (int x = 0; x < 3; ++x) expect(equal.plane.at(x, y).g == grey[y * 4 + x], "the same size is a copy");
  mvas::resize(image, large.plane);
  expect(large.plane.at(0, 0).r == 0 && large.plane.at(5, 3).r == 250, "corners stay when it is enlarged");
  expect(large.plane.at(1, 0).r == 25 && large.plane.at(2, 0).r == 75, "pixel centres lie at one half");
  expect(large.plane.at(0, 1).r == 13 && large.plane.at(0, 2).r == 38, "halves are rounded up");
  mvas::resize(image, one.plane);
  expect(one.plane.at(0, 0).r == 125, "one pixel is the middle of the picture");

  const std::uint8_t colour[] = {1, 2, 3, 4};
  Canvas pixel(1, 1);
  mvas::resize({colour, 1, 1, 3, mvas::Format::rgb}, pixel.plane);
  expect(same(pixel.plane.at(0, 0), {1, 2, 3}), "RGB is taken as it is");
  mvas::resize({colour, 1, 1, 3, mvas::Format::bgr}, pixel.plane);
  expect(same(pixel.plane.at(0, 0), {3, 2, 1}), "BGR is turned");
  mvas::resize({colour, 1, 1, 4, mvas::Format::rgba}, pixel.plane);
  expect(same(pixel.plane.at(0, 0), {1, 2, 3}), "alpha is dropped");
  const std::vector<std::uint8_t> long_row(40000, 255);
  Canvas narrow(7, 3);
  mvas::resize({long_row.data(), 40000, 1, 40000, mvas::Format::gray}, narrow.plane);
  for (const mvas::Rgb &value : narrow.plane) expect(value.r == 255, "white stays white in a long row");
}

void regions() {
  float cells[] = {
      0.9f, 0, 0, 0,    0.6f,  //
      0,    1, 0, 0,    0.5f,  //
      0,    0, 0, 0.4f, 0,     //
      NAN,  0, 0, 0,    0.7f,  //
  };
  const mvas::Plane<const float> map{cells, 5, 4};
  const auto found = mvas::find_regions(map, 0.5f, 1);
  expect(found.size() == 3, "cells that touch at a corner are one region, NaN is none");
  expect(found[0].peak == 1 && found[0].area == 2 && found[0].x1 == 0 && found[0].x2 == 2 && found[0].y2 == 2, "the highest comes first");
  expect(found[1].peak == 0.7f && found[2].peak == 0.6f && found[2].area == 2, "the level itself counts");
  expect(mvas::find_regions(map, 0.5f, 2).size() == 2 && mvas::find_regions(map, 0.5f, 3).empty(), "small regions are left out");
  expect(mvas::find_regions(map, 0.4f, 1).size() == 2, "a lower level joins regions");
  const auto all = mvas::find_regions(map, -1, 1);
  expect(all.size() == 1 && all[0].area == 19, "everything over the level is one region");
  std::vector<float> large(1000 * 1000, 1);
  expect(mvas::find_regions({large.data(), 1000, 1000}, 0.5f, 1).front().area == 1000000, "a region may be the whole of a large map");
}

void drawing() {
  const std::vector<std::uint8_t> grey(1200 * 600, 100);
  const mvas::ImageView image(grey.data(), 1200, 600, 1200, mvas::Format::gray);
  mvas::Result result;
  const mvas::Plane<mvas::Rgb> picture = mvas::draw_image(result, image);
  expect(picture.width == 512 && picture.height == 256 && same(picture.at(300, 200), {100, 100, 100}), "a large image is shown at 512 pixels");
  float low_high[] = {0, 1};
  mvas::draw_heatmap(picture, {low_high, 2, 1});
  expect(same(picture.at(0, 0), {100, 100, 100}) && picture.at(511, 0).r > 150 && picture.at(511, 0).g < 60, "low is clear, high is red");

  Canvas canvas(60, 40);
  float square[] = {0, 0, 0, 0, 1, 0, 0, 0, 0};
  mvas::draw_contours(canvas.plane, {square, 3, 3}, 0.5f);
  expect(same(canvas.plane.at(30, 20), {0, 0, 0}), "the inside of a contour stays");
  int marks = 0;
  for (const mvas::Rgb &pixel : canvas.plane) marks += same(pixel, mvas::mark_color);
  expect(marks > 40 && marks < 200, "a contour is a thin line");
  mvas::draw_contours(canvas.plane, {square, 3, 3}, 0);
  mvas::draw_contours(canvas.plane, {square, 3, 3}, 2);
  Canvas boxed(60, 40);
  mvas::draw_box(boxed.plane, {grey.data(), 600, 400, 1200, mvas::Format::gray}, {100, 100, 200, 200, 1});
  expect(same(boxed.plane.at(8, 15), mvas::mark_color) && same(boxed.plane.at(15, 15), {0, 0, 0}), "a box is drawn where it lies, around what it marks");
  float wild[] = {NAN, -3, 9, INFINITY};
  mvas::draw_heatmap(canvas.plane, {wild, 2, 2});
  mvas::draw_contours(canvas.plane, {wild, 2, 2}, 0.5f);
  Canvas tiny(1, 1);
  mvas::draw_heatmap(tiny.plane, {square, 3, 3});
  mvas::draw_contours(tiny.plane, {square, 3, 3}, 0.5f);
  mvas::draw_box(tiny.plane, {grey.data(), 1, 1, 1, mvas::Format::gray}, {-5, -5, 9, 9, 1});
  expect(true, "one pixel is enough for everything");
}

/// What the header does by rows, runs and several values at once, done for one pixel after the other.
namespace plain {

struct Place {
  int first, second, weight;
};

Place place(int at, int size, int target) {
  const std::int64_t unit = 2 * static_cast<std::int64_t>(target), from = std::max<std::int64_t>((2 * static_cast<std::int64_t>(at) + 1) * size - target, 0);
  const std::int64_t first = from / unit;
  return {static_cast<int>(first), std::min(static_cast<int>(first) + 1, size - 1), static_cast<int>(((from - first * unit) * 2048 + target) / unit)};
}

void resize(const mvas::ImageView &image, mvas::Plane<mvas::Rgb> to) {
  for (int y = 0; y < to.height; ++y)
    for (int x = 0; x < to.width; ++x) {
      const Place across = place(x, image.width(), to.width), down = place(y, image.height(), to.height);
      const mvas::Rgb a = image.rgb(across.first, down.first), b = image.rgb(across.second, down.first);
      const mvas::Rgb c = image.rgb(across.first, down.second), d = image.rgb(across.second, down.second);
      const auto blend = [&](std::uint8_t mvas::Rgb::*channel) {
        const int top = a.*channel * (2048 - across.weight) + b.*channel * across.weight;
        const int bottom = c.*channel * (2048 - across.weight) + d.*channel * across.weight;
        return static_cast<std::uint8_t>((top * (2048 - down.weight) + bottom * down.weight + (1 << 21)) >> 22);
      };
      to.at(x, y) = {blend(&mvas::Rgb::r), blend(&mvas::Rgb::g), blend(&mvas::Rgb::b)};
    }
}

float mix(float from, float to, float part) { return from + (to - from) * part; }

float enlarged(mvas::Plane<const float> map, mvas::Plane<mvas::Rgb> picture, int x, int y) {
  const Place across = place(x, map.width, picture.width), down = place(y, map.height, picture.height);
  const auto column = [&](int at) { return mix(map.at(at, down.first), map.at(at, down.second), static_cast<float>(down.weight) / 2048); };
  return mix(column(across.first), column(across.second), static_cast<float>(across.weight) / 2048);
}

void draw_heatmap(mvas::Plane<mvas::Rgb> picture, mvas::Plane<const float> map) {
  const auto table = mvas::detail::heat_table();
  for (int y = 0; y < picture.height; ++y)
    for (int x = 0; x < picture.width; ++x) {
      const float value = enlarged(map, picture, x, y);
      const mvas::detail::Heat &heat = table[static_cast<std::size_t>((value > 0 ? std::min(value, 1.0f) : 0.0f) * 255 + 0.5f)];
      if (heat.opacity > 0) picture.at(x, y) = mvas::detail::mix_color(picture.at(x, y), heat.color, heat.opacity);
    }
}

void draw_contours(mvas::Plane<mvas::Rgb> picture, mvas::Plane<const float> map, float level) {
  const auto is_inside = [&](int x, int y) {
    return enlarged(map, picture, std::clamp(x, 0, picture.width - 1), std::clamp(y, 0, picture.height - 1)) >= level;
  };
  const int line = mvas::detail::line_width(picture);
  for (const int reach : {2 * line, line})
    for (int y = 0; y < picture.height; ++y)
      for (int x = 0; x < picture.width; ++x) {
        if (is_inside(x, y)) continue;
        bool near = false;
        for (int dy = -reach; dy <= reach; ++dy)
          for (int dx = -reach; dx <= reach; ++dx) {
            const bool within = x + dx >= 0 && y + dy >= 0 && x + dx < picture.width && y + dy < picture.height;
            near = near || (within && dx * dx + dy * dy <= reach * reach && is_inside(x + dx, y + dy) &&
                            !(is_inside(x + dx - 1, y + dy) && is_inside(x + dx + 1, y + dy) && is_inside(x + dx, y + dy - 1) && is_inside(x + dx, y + dy + 1)));
          }
        if (near) picture.at(x, y) = reach == line ? mvas::mark_color : mvas::rim_color;
      }
}

std::vector<mvas::Region> find_regions(mvas::Plane<const float> map, float level, int min_area) {
  std::vector<mvas::Region> regions;
  std::vector<char> taken(map.size());
  for (int y = 0; y < map.height; ++y)
    for (int x = 0; x < map.width; ++x) {
      mvas::Region region{x, y, x, y, 0, 0};
      std::vector<std::pair<int, int>> open{{x, y}};
      while (!open.empty()) {
        const auto [column, row] = open.back();
        open.pop_back();
        if (column < 0 || row < 0 || column >= map.width || row >= map.height) continue;
        char &seen = taken[static_cast<std::size_t>(row * map.width + column)];
        if (seen != 0 || !(map.at(column, row) >= level)) continue;
        seen = 1;
        region = {std::min(region.x1, column),     std::min(region.y1, row), std::max(region.x2, column + 1),
                  std::max(region.y2, row + 1), region.area + 1,          std::max(region.peak, map.at(column, row))};
        for (int dy = -1; dy <= 1; ++dy)
          for (int dx = -1; dx <= 1; ++dx) open.emplace_back(column + dx, row + dy);
      }
      if (region.area > 0 && region.area >= min_area) regions.push_back(region);
    }
  std::stable_sort(regions.begin(), regions.end(), [](const mvas::Region &a, const mvas::Region &b) { return a.peak > b.peak; });
  return regions;
}

}  // namespace plain

/// The same numbers on every system, which the distributions of the library are not.
class Random {
 public:
  int below(int end) { return static_cast<int>(engine_() % static_cast<std::uint32_t>(end)); }
  float unit() { return static_cast<float>(below(1 << 24)) / (1 << 24); }
  /// Single pixels, powers of two with their neighbours, primes and anything else.
  int size() {
    constexpr int marked[] = {1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 61, 64, 97};
    return below(3) == 0 ? 1 + below(100) : marked[below(static_cast<int>(std::size(marked)))];
  }

 private:
  std::mt19937 engine_{20240607};
};

/// Maps as models give them, and as broken ones do.
std::vector<float> random_map(Random &random, std::size_t cells) {
  const int kind = random.below(6);
  std::vector<float> map(cells);
  for (float &cell : map) {
    if (kind == 0) cell = random.unit();
    if (kind == 1) cell = 0.08f + 0.1f * random.unit();  // around the first colour that shows
    if (kind == 2) cell = random.below(20) == 0 ? random.unit() : 0.05f * random.unit();
    if (kind == 3) cell = static_cast<float>(random.below(3)) / 2;
    if (kind == 4) cell = random.below(3) == 0 ? 0.3f : 0.7f;
    if (kind == 5) {
      constexpr float wild[] = {NAN, INFINITY, -INFINITY, -0.0f, 0, -3, 9, -1e6f, 0.1f, 1};
      cell = random.below(2) == 0 ? random.unit() : wild[random.below(static_cast<int>(std::size(wild)))];
    }
  }
  return map;
}

bool same(const std::vector<mvas::Region> &a, const std::vector<mvas::Region> &b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const mvas::Region &p, const mvas::Region &q) {
    return p.x1 == q.x1 && p.y1 == q.y1 && p.x2 == q.x2 && p.y2 == q.y2 && p.area == q.area && p.peak == q.peak;
  });
}

bool same(const std::vector<mvas::Rgb> &a, const std::vector<mvas::Rgb> &b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](mvas::Rgb p, mvas::Rgb q) { return same(p, q); });
}

void resizing_like_plain(Random &random) {
  const auto format = static_cast<mvas::Format>(random.below(4));
  const int width = random.size(), height = random.size(), bytes = width * mvas::channels(format), stride = bytes + random.below(3);
  std::vector<std::uint8_t> data(static_cast<std::size_t>(stride * (height - 1) + bytes));
  for (std::uint8_t &byte : data) byte = static_cast<std::uint8_t>(random.below(256));
  const mvas::ImageView image(data.data(), width, height, stride, format);
  const bool equal = random.below(8) == 0;
  Canvas to(equal ? width : random.size(), equal ? height : random.size()), like = to;
  like.plane.data = like.pixels.data();
  mvas::resize(image, to.plane);
  plain::resize(image, like.plane);
  expect(same(to.pixels, like.pixels), "resizing gives what it gives pixel by pixel");
}

void maps_like_plain(Random &random) {
  const int width = random.size(), height = random.size();
  std::vector<float> cells = random_map(random, static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
  const mvas::Plane<const float> map{cells.data(), width, height};
  constexpr float levels[] = {0.5f, 0.1f, 0, -1, 1, 0.3f, 0.95f};
  const float level = levels[random.below(static_cast<int>(std::size(levels)))];
  const int min_area = random.below(4) == 0 ? 1 + random.below(40) : random.below(3);
  expect(same(mvas::find_regions(map, level, min_area), plain::find_regions(map, level, min_area)), "regions are those of a search from cell to cell");

  Canvas heat(random.size(), random.size());
  for (mvas::Rgb &pixel : heat.pixels) pixel = {static_cast<std::uint8_t>(random.below(256)), static_cast<std::uint8_t>(random.below(256)), 77};
  std::vector<mvas::Rgb> before = heat.pixels;
  Canvas like = heat, contours = heat;
  like.plane.data = like.pixels.data();
  contours.plane.data = contours.pixels.data();
  mvas::draw_heatmap(heat.plane, map);
  plain::draw_heatmap(like.plane, map);
  expect(same(heat.pixels, like.pixels), "a heat map is drawn as it is pixel by pixel");
  like.pixels = before;
  like.plane.data = like.pixels.data();
  mvas::draw_contours(contours.plane, map, level);
  plain::draw_contours(like.plane, map, level);
  expect(same(contours.pixels, like.pixels), "contours lie around all that is inside, and nowhere else");
}

void clamping_like_plain(Random &random) {
  std::vector<float> cells = random_map(random, static_cast<std::size_t>(random.size())), like = cells;
  float peak = 0;
  bool numbers = true, refused = false;
  for (float &cell : like) {
    numbers = numbers && !std::isnan(cell);
    cell = cell < 0 ? 0 : cell > 1 ? 1 : cell;
    peak = cell > peak ? cell : peak;
  }
  try {
    expect(mvas::clamp_to_unit({cells.data(), static_cast<int>(cells.size()), 1}) == peak, "the greatest value is returned");
  } catch (const mvas::Error &) {
    refused = true;
  }
  expect(refused == !numbers, "values that are not numbers are refused, and nothing else");
  expect(std::memcmp(cells.data(), like.data(), cells.size() * sizeof(float)) == 0, "values are brought into 0..1, and no others touched");
}

void like_plain() {
  Random random;
  for (int round = 0; round < 400; ++round) {
    resizing_like_plain(random);
    clamping_like_plain(random);
    if (round % 4 == 0) maps_like_plain(random);
  }
}

}  // namespace

int main() {
  resizing();
  regions();
  drawing();
  like_plain();
  std::printf("%d tried, %d failed\n", tried, failed);
  return failed == 0 ? 0 : 1;
}
