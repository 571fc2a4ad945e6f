// Numbers to text and back with a decimal point, whatever locale the host has set.
#ifndef MVAS_NUMBER_HPP
#define MVAS_NUMBER_HPP

#include <clocale>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <new>
#include <string>
#include <type_traits>
#ifdef __APPLE__
#include <xlocale.h>
#elif !defined(_WIN32)
#include <locale.h>
#endif

namespace mvas::detail {

/// A private C locale: std::from_chars for floating point is missing in some standard libraries and raises the floor in others.
class CLocale {
 public:
#ifdef _WIN32
  CLocale() : handle_(_create_locale(LC_ALL, "C")) {
#else
  CLocale() : handle_(newlocale(LC_ALL_MASK, "C", nullptr)) {
#endif
    if (!handle_) throw std::bad_alloc();
  }
  CLocale(const CLocale &) = delete;
  CLocale &operator=(const CLocale &) = delete;

#ifdef _WIN32
  ~CLocale() { _free_locale(handle_); }
  double to_double(const char *text) const { return _strtod_l(text, nullptr, handle_); }

 private:
  _locale_t handle_;
#else
  ~CLocale() { freelocale(handle_); }
  double to_double(const char *text) const { return strtod_l(text, nullptr, handle_); }

 private:
  locale_t handle_;
#endif
};

/// End of the number that starts at `at` by the JSON grammar, or `at` itself if none does.
inline const char *number_end(const char *at, const char *end) noexcept {
  const auto digit = [end](const char *p) { return p < end && *p >= '0' && *p <= '9'; };
  const char *p = at;
  if (p < end && *p == '-') ++p;
  if (!digit(p)) return at;
  if (*p == '0') ++p;
  else
    while (digit(p)) ++p;
  if (p < end && *p == '.') {
    if (!digit(++p)) return at;
    while (digit(p)) ++p;
  }
  if (p < end && (*p == 'e' || *p == 'E')) {
    ++p;
    if (p < end && (*p == '+' || *p == '-')) ++p;
    if (!digit(p)) return at;
    while (digit(p)) ++p;
  }
  return p;
}

/// The shortest of three precisions that reads back as the same value; "null" for what JSON cannot say.
template <class T>
std::string number_text(T value) {
  if constexpr (std::is_integral_v<T>) {
    // Not std::to_string: its digit table becomes a process-wide symbol that two plugins would share.
    char raw[24];
    std::snprintf(raw, sizeof raw, "%lld", static_cast<long long>(value));
    return raw;
  } else {
    constexpr int digits = std::is_same_v<T, float> ? 6 : 15;
    const double wide = static_cast<double>(value);
    if (!std::isfinite(wide)) return "null";
    const CLocale locale;
    std::string text;
    for (int precision = digits; precision <= digits + 3; ++precision) {
      char raw[64];
      std::snprintf(raw, sizeof raw, "%.*g", precision, wide);
      text.clear();
      for (const char *p = raw; *p != '\0'; ++p) {
        // Anything else is the locale's decimal separator, which may take several bytes.
        if ((*p >= '0' && *p <= '9') || *p == '-' || *p == '+' || *p == 'e') text += *p;
        else if (text.find('.') == std::string::npos) text += '.';
      }
      if (static_cast<T>(locale.to_double(text.c_str())) == value) break;
    }
    return text;
  }
}

}  // namespace mvas::detail

#endif  // MVAS_NUMBER_HPP
