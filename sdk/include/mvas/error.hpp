// The one exception an author throws: a code of the contract and a text for the operator.
#ifndef MVAS_ERROR_HPP
#define MVAS_ERROR_HPP

#include <cstddef>
#include <cstring>
#include <stdexcept>
#include <string>

#include "../mvas_plugin.h"

namespace mvas {

class Error : public std::runtime_error {
 public:
  /// `code` is one of MVAS_ERROR_…; `text` is UTF-8 and names the thing and the rule it broke.
  Error(int32_t code, const std::string &text) : std::runtime_error(text), code_(code < 0 ? code : MVAS_ERROR_INFERENCE) {}
  int32_t code() const noexcept { return code_; }

 private:
  int32_t code_;
};

namespace detail {

/// Bytes of the UTF-8 sequence that starts at `at`, 0 if it is malformed (overlong forms and surrogates included).
inline std::size_t utf8_length(const char *at, const char *end) noexcept {
  const auto byte = [&](int i) { return static_cast<unsigned char>(at[i]); };
  const unsigned char lead = byte(0);
  const std::size_t length = lead < 0x80 ? 1 : lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
  if (length > static_cast<std::size_t>(end - at)) return 0;
  for (std::size_t i = 1; i < length; ++i)
    if ((byte(static_cast<int>(i)) & 0xC0) != 0x80) return 0;
  if ((lead == 0xE0 && byte(1) < 0xA0) || (lead == 0xED && byte(1) > 0x9F)) return 0;
  if ((lead == 0xF0 && byte(1) < 0x90) || (lead == 0xF4 && byte(1) > 0x8F)) return 0;
  return length;
}

inline bool is_utf8(const std::string &text) noexcept {
  const char *at = text.data(), *end = at + text.size();
  while (at < end) {
    const std::size_t length = utf8_length(at, end);
    if (length == 0) return false;
    at += length;
  }
  return true;
}

/// What mvas_get_error returns, one a thread. A fixed buffer: a thread_local object with a destructor would keep the
/// library from being unloaded, and a string could move while the host reads it.
struct ErrorText {
  char text[1024];

  void clear() noexcept { text[0] = '\0'; }

  /// Copies whole characters as far as they fit; a byte that is not UTF-8 becomes "?".
  void set(const char *message) noexcept {
    const char *end = message + std::strlen(message);
    std::size_t size = 0;
    while (message < end) {
      const std::size_t length = utf8_length(message, end), step = length == 0 ? 1 : length;
      if (size + step >= sizeof text) break;
      if (length == 0) text[size] = '?';
      else std::memcpy(text + size, message, length);
      size += step;
      message += step;
    }
    text[size] = '\0';
  }
};

}  // namespace detail
}  // namespace mvas

#endif  // MVAS_ERROR_HPP
