// A strict reader of JSON text and a builder of JSON objects, small enough to travel in every plugin.
#ifndef MVAS_JSON_HPP
#define MVAS_JSON_HPP

#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "error.hpp"
#include "number.hpp"

namespace mvas::json {

enum class Kind { null, boolean, number, string, array, object };

struct Member;

/// A JSON value; which field counts is told by `kind`.
struct Value {
  Kind kind = Kind::null;
  bool boolean = false;
  double number = 0;
  std::string string;
  std::vector<Value> items;
  std::vector<Member> members;

  /// The member of that name, of several the last; nullptr if there is none.
  const Value *find(std::string_view key) const;
};

struct Member {
  std::string key;
  Value value;
};

inline const Value *Value::find(std::string_view key) const {
  for (auto member = members.rbegin(); member != members.rend(); ++member)
    if (member->key == key) return &member->value;
  return nullptr;
}

inline const char *name(Kind kind) noexcept {
  switch (kind) {
    case Kind::null: return "null";
    case Kind::boolean: return "a boolean";
    case Kind::number: return "a number";
    case Kind::string: return "a string";
    case Kind::array: return "an array";
    case Kind::object: return "an object";
  }
  return "";
}

constexpr std::size_t max_size = 1 << 20;
constexpr int max_depth = 64;

namespace detail {

class Reader {
 public:
  explicit Reader(std::string_view text) : begin_(text.data()), at_(begin_), end_(begin_ + text.size()) {}

  Value read() {
    Value value = read_value(0);
    skip_space();
    if (at_ != end_) fail("text after the end");
    return value;
  }

 private:
  [[noreturn]] void fail(const char *what) const {
    throw Error(MVAS_ERROR_INVALID_INPUT, "not JSON: " + std::string(what) + " at byte " + mvas::detail::number_text(at_ - begin_));
  }

  void skip_space() noexcept {
    while (at_ < end_ && (*at_ == ' ' || *at_ == '\t' || *at_ == '\n' || *at_ == '\r')) ++at_;
  }

  bool take(char c) noexcept {
    if (at_ == end_ || *at_ != c) return false;
    ++at_;
    return true;
  }

  bool take(std::string_view word) noexcept {
    if (static_cast<std::size_t>(end_ - at_) < word.size() || std::string_view(at_, word.size()) != word) return false;
    at_ += word.size();
    return true;
  }

  Value read_value(int depth) {
    if (depth > max_depth) fail("nested too deeply");
    skip_space();
    Value value;
    if (take('{')) {
      read_object(value, depth);
    } else if (take('[')) {
      read_array(value, depth);
    } else if (take('"')) {
      value.kind = Kind::string;
      value.string = read_string();
    } else if (take("true")) {
      value.kind = Kind::boolean;
      value.boolean = true;
    } else if (take("false")) {
      value.kind = Kind::boolean;
    } else if (!take("null")) {
      value.kind = Kind::number;
      value.number = read_number();
    }
    return value;
  }

  void read_object(Value &value, int depth) {
    value.kind = Kind::object;
    skip_space();
    if (take('}')) return;
    do {
      skip_space();
      if (!take('"')) fail("a member without a name");
      std::string key = read_string();
      skip_space();
      if (!take(':')) fail("a member without a colon");
      Value member = read_value(depth + 1);
      value.members.push_back({std::move(key), std::move(member)});
      skip_space();
    } while (take(','));
    if (!take('}')) fail("an object that does not end");
  }

  void read_array(Value &value, int depth) {
    value.kind = Kind::array;
    skip_space();
    if (take(']')) return;
    do {
      value.items.push_back(read_value(depth + 1));
      skip_space();
    } while (take(','));
    if (!take(']')) fail("an array that does not end");
  }

  double read_number() {
    const char *end = mvas::detail::number_end(at_, end_);
    if (end == at_) fail(at_ == end_ ? "the text ends too early" : "no value");
    const double number = locale_.to_double(std::string(at_, end).c_str());
    if (!std::isfinite(number)) fail("a number out of range");
    at_ = end;
    return number;
  }

  std::string read_string() {
    std::string text;
    while (!take('"')) {
      if (at_ == end_) fail("a string that does not end");
      if (take('\\')) {
        read_escape(text);
        continue;
      }
      if (static_cast<unsigned char>(*at_) < 0x20) fail("a control character in a string");
      const std::size_t length = mvas::detail::utf8_length(at_, end_);
      if (length == 0) fail("a byte that is not UTF-8");
      text.append(at_, length);
      at_ += length;
    }
    return text;
  }

  void read_escape(std::string &text) {
    constexpr std::string_view names = "\"\\/bfnrt", values = "\"\\/\b\f\n\r\t";
    if (take('u')) return append_utf8(text, read_code_point());
    const std::size_t which = at_ == end_ ? names.npos : names.find(*at_);
    if (which == names.npos) fail("an unknown escape");
    text += values[which];
    ++at_;
  }

  unsigned read_hex() {
    unsigned code = 0;
    for (int i = 0; i < 4; ++i, ++at_) {
      const char c = at_ == end_ ? '\0' : *at_;
      const int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
      if (digit < 0) fail("an escape without four hexadecimal digits");
      code = code * 16 + static_cast<unsigned>(digit);
    }
    return code;
  }

  unsigned read_code_point() {
    const unsigned high = read_hex();
    if (high < 0xD800 || high > 0xDFFF) return high;
    if (high > 0xDBFF || !take("\\u")) fail("half a surrogate pair");
    const unsigned low = read_hex();
    if (low < 0xDC00 || low > 0xDFFF) fail("half a surrogate pair");
    return 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
  }

  static void append_utf8(std::string &text, unsigned code) {
    const auto put = [&text](unsigned byte) { text += static_cast<char>(byte); };
    const auto tail = [&](int shift) { put(0x80 | ((code >> shift) & 0x3F)); };
    if (code < 0x80) return put(code);
    if (code < 0x800) return put(0xC0 | code >> 6), tail(0);
    if (code < 0x10000) return put(0xE0 | code >> 12), tail(6), tail(0);
    put(0xF0 | code >> 18), tail(12), tail(6), tail(0);
  }

  const char *begin_;
  const char *at_;
  const char *end_;
  mvas::detail::CLocale locale_;
};

}  // namespace detail

/// Reads one JSON value (RFC 8259, nothing else: no comments, no trailing comma, no NaN, no lone surrogate). Numbers must
/// be finite; at most 64 levels and 1 MiB. Throws Error(MVAS_ERROR_INVALID_INPUT) with the place.
inline Value parse(std::string_view text) {
  if (text.size() > max_size) throw Error(MVAS_ERROR_INVALID_INPUT, "not read: JSON text of more than 1 MiB");
  return detail::Reader(text).read();
}

/// `text` as a JSON string with its quotes; a byte that is not UTF-8 becomes U+FFFD.
inline std::string quote(std::string_view text) {
  std::string out = "\"";
  const char *at = text.data(), *end = at + text.size();
  while (at < end) {
    const std::size_t length = mvas::detail::utf8_length(at, end);
    const auto byte = static_cast<unsigned char>(*at);
    if (length == 0) {
      out += "\xEF\xBF\xBD";
    } else if (byte < 0x20) {
      constexpr char hex[] = "0123456789abcdef";
      out += "\\u00";
      out += hex[byte >> 4];
      out += hex[byte & 15];
    } else {
      if (byte == '"' || byte == '\\') out += '\\';
      out.append(at, length);
    }
    at += length == 0 ? 1 : length;
  }
  return out += '"';
}

/// Builds the text of a JSON object member by member: `object.set("regions", 3).set("worst", "left edge")`.
class Object {
 public:
  template <class T>
  Object &set(std::string_view key, const T &value) {
    text_ += text_.empty() ? "{" : ", ";
    text_ += quote(key);
    text_ += ": ";
    if constexpr (std::is_same_v<T, bool>) text_ += value ? "true" : "false";
    else if constexpr (std::is_same_v<T, Object>) text_ += value.text();
    else if constexpr (std::is_arithmetic_v<T>) text_ += mvas::detail::number_text(value);
    else text_ += quote(value);
    return *this;
  }

  bool empty() const noexcept { return text_.empty(); }
  std::string text() const { return text_.empty() ? "{}" : text_ + "}"; }

 private:
  std::string text_;
};

}  // namespace mvas::json

#endif  // MVAS_JSON_HPP
