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

/// Cells next to each other in one row that reach the level: x1 <= x < x2.
struct Run {
  int x1, x2;
  /// What GrowingRegions calls its region.
  std::size_t region;
};

inline void find_runs(const float *row, int width, float level, std::vector<Run> &runs) {
  runs.clear();
  int left = 0;  // counted first, several at once: most rows have none
  for (int x = 0; x < width; ++x) left += row[x] >= level;
  for (int x = 0; left > 0; ++x) {
    if (!(row[x] >= level)) continue;
    const int x1 = x;
    while (x < width && row[x] >= level) ++x;
    runs.push_back({x1, x, 0});
    left -= x - x1;
  }
}

/// Regions that turn out to be one while rows are added from the top.
class GrowingRegions {
 public:
  std::size_t add(const Region &region) {
    parts_.push_back({region, parts_.size()});
    return parts_.size() - 1;
  }

  /// The two are one from now on, which keeps the place of the one that was added first.
  std::size_t join(std::size_t a, std::size_t b) noexcept {
    a = whole(a);
    b = whole(b);
    if (a == b) return a;
    if (b < a) std::swap(a, b);
    parts_[b].whole = a;
    Region &to = parts_[a].region;
    const Region &part = parts_[b].region;
    to = {std::min(to.x1, part.x1), std::min(to.y1, part.y1), std::max(to.x2, part.x2),
          std::max(to.y2, part.y2), to.area + part.area,      std::max(to.peak, part.peak)};
    return a;
  }

  std::vector<Region> of_area(int least) const {
    std::vector<Region> regions;
    for (std::size_t at = 0; at < parts_.size(); ++at)
      if (parts_[at].whole == at && parts_[at].region.area >= least) regions.push_back(parts_[at].region);
    return regions;
  }

 private:
  struct Part {
    Region region;
    /// The part that it was joined to; itself if to none.
    std::size_t whole;
  };

  std::size_t whole(std::size_t at) noexcept {
    while (parts_[at].whole != at) at = parts_[at].whole = parts_[parts_[at].whole].whole;
    return at;
  }

  std::vector<Part> parts_;
};

/// Joins each run with those of the row above that it touches, also at a corner.
inline void join_rows(const std::vector<Run> &above, std::vector<Run> &runs, GrowingRegions &regions) noexcept {
  auto first = above.begin();
  for (Run &run : runs) {
    while (first != above.end() && first->x2 < run.x1) ++first;
    for (auto touching = first; touching != above.end() && touching->x1 <= run.x2; ++touching)
      run.region = regions.join(touching->region, run.region);
  }
}

}  // namespace detail

/// The regions of at least `min_area` cells whose values are at least `level`; the one with the greatest value comes first.
inline std::vector<Region> find_regions(Plane<const float> map, float level, int min_area) {
  detail::GrowingRegions growing;
  std::vector<detail::Run> above, runs;
  for (int y = 0; y < map.height; ++y) {
    const float *row = map.row(y);
    detail::find_runs(row, map.width, level, runs);
    for (detail::Run &run : runs)
      run.region = growing.add({run.x1, y, run.x2, y + 1, run.x2 - run.x1, detail::greatest(row + run.x1, row + run.x2)});
    detail::join_rows(above, runs, growing);
    std::swap(above, runs);
  }
  std::vector<Region> regions = growing.of_area(min_area);
  std::stable_sort(regions.begin(), regions.end(), [](const Region &a, const Region &b) { return a.peak > b.peak; });
  return regions;
}

}  // namespace mvas

#endif  // MVAS_REGIONS_HPP
