// Tries mvas_vision.hpp: resizing, regions, drawing. Prints what does not hold and how many cases were tried.
#include <mvas_vision.hpp>

#include <cmath>
#include <cstdio>
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

}  // namespace

int main() {
  resizing();
  regions();
  drawing();
  std::printf("%d tried, %d failed\n", tried, failed);
  return failed == 0 ? 0 : 1;
}
