// What an inspection found, in buffers that go to the host as they are.
#ifndef MVAS_RESULT_HPP
#define MVAS_RESULT_HPP

#include <algorithm>
#include <climits>
#include <cmath>
#include <cstdlib>
#include <new>
#include <type_traits>
#include <utility>

#include "image.hpp"
#include "json.hpp"

namespace mvas {

enum class Decision { pass, fail, review };

/// Rows of `width` values one after the other; it does not own them.
template <class T>
struct Plane {
  T *data = nullptr;
  int width = 0, height = 0;

  std::size_t size() const noexcept { return static_cast<std::size_t>(width) * static_cast<std::size_t>(height); }
  T *begin() const noexcept { return data; }
  T *end() const noexcept { return data + size(); }
  T *row(int y) const noexcept { return data + static_cast<std::ptrdiff_t>(y) * width; }
  T &at(int x, int y) const noexcept { return row(y)[x]; }
  /// A plane to read is made from one to write.
  template <class U, class = std::enable_if_t<std::is_same_v<U, const T>>>
  operator Plane<U>() const noexcept {
    return {data, width, height};
  }
};

/// A found object; corners in pixels of the submitted image, score 0..1, class >= 0.
struct Box {
  float x1, y1, x2, y2, score;
  int class_id = 0;
};

namespace detail {

/// Memory from malloc, so that mvas_free_result can release it without knowing where it came from.
template <class T>
class Buffer {
 public:
  Buffer() = default;
  Buffer(Buffer &&other) noexcept : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}
  Buffer &operator=(Buffer &&other) noexcept {
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    return *this;
  }
  ~Buffer() {
    if (data_ != nullptr) std::free(data_);
  }

  /// `count` zeroed values in place of what was there.
  T *allocate(std::size_t count) {
    std::free(std::exchange(data_, nullptr));
    size_ = 0;
    data_ = static_cast<T *>(std::calloc(count, sizeof(T)));
    if (data_ == nullptr) throw std::bad_alloc();
    size_ = count;
    return data_;
  }

  T *append(std::size_t count) {
    T *grown = static_cast<T *>(std::realloc(data_, (size_ + count) * sizeof(T)));
    if (grown == nullptr) throw std::bad_alloc();
    data_ = grown;
    size_ += count;
    return data_ + size_ - count;
  }

  T *data() const noexcept { return data_; }
  std::size_t size() const noexcept { return size_; }
  void shrink(std::size_t count) noexcept {
    size_ = count;
    if (count == 0) std::free(std::exchange(data_, nullptr));
  }
  T *release() noexcept { return std::exchange(data_, nullptr); }

 private:
  T *data_ = nullptr;
  std::size_t size_ = 0;
};

constexpr const char *literal(Decision decision) noexcept {
  return decision == Decision::pass ? MVAS_DECISION_PASS : decision == Decision::fail ? MVAS_DECISION_FAIL : MVAS_DECISION_REVIEW;
}

inline float unit(float value, const char *what) {
  if (std::isnan(value)) throw Error(MVAS_ERROR_INFERENCE, std::string(what) + " is not a number");
  return std::clamp(value, 0.0f, 1.0f);
}

/// The greatest value, at least 0; NaN counts for nothing. Eight maxima side by side, since in a single one each step waits for the last.
inline float greatest(const float *begin, const float *end) noexcept {
  constexpr int lanes = 8;
  float peaks[lanes] = {};
  for (; end - begin >= lanes; begin += lanes)
    for (int lane = 0; lane < lanes; ++lane) peaks[lane] = std::max(peaks[lane], begin[lane]);
  for (; begin < end; ++begin) peaks[0] = std::max(peaks[0], *begin);
  return *std::max_element(peaks, peaks + lanes);
}

}  // namespace detail

/// Brings every value of an anomaly map into 0..1 and returns the greatest; throws Error(MVAS_ERROR_INFERENCE) on a NaN.
inline float clamp_to_unit(Plane<float> map) {
  int broken = 0;  // not `broken || …`: without a branch compilers work on several values at once
  for (float &value : map) {
    broken |= std::isnan(value) ? 1 : 0;
    value = std::clamp(value, 0.0f, 1.0f);
  }
  if (broken != 0) throw Error(MVAS_ERROR_INFERENCE, "the anomaly map has values that are not numbers");
  return detail::greatest(map.begin(), map.end());
}

/// Filled by Plugin::infer. Maps, boxes and pictures go to the host without a copy. Score and confidence are brought into
/// 0..1; a NaN, which only a broken model makes, fails the call instead of becoming a verdict.
class Result {
 public:
  Decision decision = Decision::review;
  float confidence = 0;
  float score = 0;
  /// Members of details_json: `result.details.set("regions", 3)`.
  json::Object details;

  /// A zeroed anomaly map of its own size to fill with values in 0..1.
  Plane<float> map(int width, int height) { return make(map_, map_width_, map_height_, width, height); }
  /// The map made before; empty if there is none.
  Plane<float> map() const noexcept { return {map_.data(), map_width_, map_height_}; }

  /// A black picture of its own size to draw into.
  Plane<Rgb> visualization(int width, int height) { return make(visualization_, viz_width_, viz_height_, width, height); }

  /// Boxes are cut at the borders of the image; what is then empty is left out.
  void add_box(const Box &box) {
    const float corners[] = {box.x1, box.y1, box.x2, box.y2};
    for (const float corner : corners)
      if (!std::isfinite(corner)) throw Error(MVAS_ERROR_INFERENCE, "a box has a corner that is not a number");
    float *to = boxes_.append(6);
    std::copy_n(corners, 4, to);
    to[4] = detail::unit(box.score, "the score of a box");
    to[5] = static_cast<float>(std::max(box.class_id, 0));
  }
  std::size_t boxes() const noexcept { return boxes_.size() / 6; }

  /// Writes every field of the host's struct; nothing can fail once the struct holds a pointer.
  void hand_over(MVASResult &to, const ImageView &image, float time_ms) && {
    const float checked_score = detail::unit(score, "the anomaly score"), checked_confidence = detail::unit(confidence, "the confidence");
    cut_boxes(static_cast<float>(image.width()), static_cast<float>(image.height()));
    if (boxes() > INT_MAX) throw Error(MVAS_ERROR_INFERENCE, "more boxes than a result can count");
    detail::Buffer<char> json;
    if (!details.empty()) {
      const std::string text = details.text();
      std::copy_n(text.c_str(), text.size() + 1, json.allocate(text.size() + 1));
    }
    to.decision = detail::literal(decision);
    to.confidence = checked_confidence;
    to.anomaly_score = checked_score;
    to.inference_time_ms = time_ms;
    to.num_bboxes = static_cast<int32_t>(boxes());
    to.anomaly_map = map_.release();
    to.anomaly_map_width = map_width_;
    to.anomaly_map_height = map_height_;
    to.bboxes = boxes_.release();
    to.visualization = reinterpret_cast<std::uint8_t *>(visualization_.release());
    to.viz_width = viz_width_;
    to.viz_height = viz_height_;
    to.details_json = json.release();
  }

 private:
  template <class T>
  static Plane<T> make(detail::Buffer<T> &buffer, int &own_width, int &own_height, int width, int height) {
    if (width <= 0 || height <= 0 || width > INT_MAX / 4 / height)
      throw Error(MVAS_ERROR_INFERENCE, "a map or picture of " + detail::number_text(width) + " x " + detail::number_text(height));
    own_width = own_height = 0;
    Plane<T> plane{buffer.allocate(static_cast<std::size_t>(width) * static_cast<std::size_t>(height)), width, height};
    own_width = width;
    own_height = height;
    return plane;
  }

  void cut_boxes(float width, float height) noexcept {
    float *to = boxes_.data();
    for (const float *from = to, *end = from + boxes_.size(); from < end; from += 6) {
      const float box[] = {std::max(from[0], 0.0f), std::max(from[1], 0.0f), std::min(from[2], width), std::min(from[3], height), from[4], from[5]};
      if (box[0] < box[2] && box[1] < box[3]) to = std::copy_n(box, 6, to);
    }
    boxes_.shrink(static_cast<std::size_t>(to - boxes_.data()));
  }

  detail::Buffer<float> map_, boxes_;
  detail::Buffer<Rgb> visualization_;
  int map_width_ = 0, map_height_ = 0, viz_width_ = 0, viz_height_ = 0;
};

}  // namespace mvas

#endif  // MVAS_RESULT_HPP
