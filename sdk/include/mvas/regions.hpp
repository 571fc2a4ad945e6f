// Finds the connected regions of an anomaly map that reach a level.
#ifndef MVAS_REGIONS_HPP
#define MVAS_REGIONS_HPP

#include <vector>

#include "result.hpp"

namespace mvas {

/// Cells of the map: x1 <= x < x2, y1 <= y < y2.
struct Region {
  int x1, y1, x2, y2;
  /// Cells that reach the level.
  int area;
  /// Greatest value.
  float peak;
};

namespace detail {

/// Takes in the cell if nobody has yet and it reaches the level.
inline void claim(Plane<const float> map, float level, int x, int y, std::vector<bool> &taken, std::vector<int> &open) {
  if (x < 0 || y < 0 || x >= map.width || y >= map.height) return;
  const int cell = y * map.width + x;
  if (taken[static_cast<std::size_t>(cell)] || !(map.data[cell] >= level)) return;
  taken[static_cast<std::size_t>(cell)] = true;
  open.push_back(cell);
}

/// Follows a region from its first cell over all eight neighbours.
inline Region follow(Plane<const float> map, float level, std::vector<bool> &taken, std::vector<int> &open) {
  Region region{map.width, map.height, 0, 0, 0, 0};
  while (!open.empty()) {
    const int cell = open.back(), x = cell % map.width, y = cell / map.width;
    open.pop_back();
    region.x1 = std::min(region.x1, x);
    region.y1 = std::min(region.y1, y);
    region.x2 = std::max(region.x2, x + 1);
    region.y2 = std::max(region.y2, y + 1);
    region.peak = std::max(region.peak, map.data[cell]);
    ++region.area;
    for (int dy = -1; dy <= 1; ++dy)
      for (int dx = -1; dx <= 1; ++dx) claim(map, level, x + dx, y + dy, taken, open);
  }
  return region;
}

}  // namespace detail

/// The regions of at least `min_area` cells whose values are at least `level`; the one with the greatest value comes first.
inline std::vector<Region> find_regions(Plane<const float> map, float level, int min_area) {
  std::vector<Region> regions;
  std::vector<bool> taken(map.size());
  std::vector<int> open;
  for (int y = 0; y < map.height; ++y)
    for (int x = 0; x < map.width; ++x) {
      if (!(map.at(x, y) >= level)) continue;
      detail::claim(map, level, x, y, taken, open);
      if (open.empty()) continue;
      const Region region = detail::follow(map, level, taken, open);
      if (region.area >= min_area) regions.push_back(region);
    }
  std::stable_sort(regions.begin(), regions.end(), [](const Region &a, const Region &b) { return a.peak > b.peak; });
  return regions;
}

}  // namespace mvas

#endif  // MVAS_REGIONS_HPP
