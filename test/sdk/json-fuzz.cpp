// Two uses of the SDK's JSON reader under test.
//   json-fuzz fuzz <seed> <count>   reads that many made-up texts; what is accepted must survive being written and read again
//   json-fuzz judge                 for each line of standard input (a text in hexadecimal) prints "-" or what was read, as JSON
#include <mvas/json.hpp>

#include <cinttypes>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <utility>

using mvas::json::Kind;
using mvas::json::Value;

namespace {

std::string written(const Value &value) {
  std::string text;
  const char *separator = "";
  switch (value.kind) {
    case Kind::null: return "null";
    case Kind::boolean: return value.boolean ? "true" : "false";
    case Kind::number: return mvas::detail::number_text(value.number);
    case Kind::string: return mvas::json::quote(value.string);
    case Kind::array:
      for (const Value &item : value.items) text += std::exchange(separator, ",") + written(item);
      return "[" + text + "]";
    case Kind::object:
      for (const auto &[key, member] : value.members) text += std::exchange(separator, ",") + mvas::json::quote(key) + ":" + written(member);
      return "{" + text + "}";
  }
  return text;
}

/// Read from memory of exactly its size: a byte too far is seen by the sanitizer.
bool read(const std::string &text, Value &value) {
  const std::unique_ptr<char[]> exact(new char[text.size()]);
  text.copy(exact.get(), text.size());
  try {
    value = mvas::json::parse({exact.get(), text.size()});
    return true;
  } catch (const mvas::Error &error) {
    if (error.code() != MVAS_ERROR_INVALID_INPUT || *error.what() == '\0') std::abort();
    return false;
  }
}

class Generator {
 public:
  explicit Generator(std::uint64_t seed) : state_(seed) {}

  std::string text() {
    std::string text;
    if (below(8) == 0) raw(text, below(40));
    else value(text, 0);
    for (std::uint64_t damage = below(3); damage > 0 && !text.empty(); --damage) mutate(text);
    return text;
  }

 private:
  /// splitmix64
  std::uint64_t next() {
    std::uint64_t z = state_ += 0x9E3779B97F4A7C15U;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9U;
    z = (z ^ z >> 27) * 0x94D049BB133111EBU;
    return z ^ z >> 31;
  }
  std::uint64_t below(std::uint64_t n) { return next() % n; }
  template <std::size_t N>
  const char *one_of(const char *const (&words)[N]) { return words[below(N)]; }

  void raw(std::string &text, std::uint64_t size) {
    for (; size > 0; --size) text += static_cast<char>(below(3) == 0 ? below(256) : static_cast<std::uint64_t>("{}[]\",:\\-+.eE0123456789ntfu \x7f"[below(29)]));
  }

  void mutate(std::string &text) {
    const std::size_t at = below(text.size());
    switch (below(4)) {
      case 0: text.erase(at, 1 + below(3)); break;
      case 1: text[at] = static_cast<char>(text[at] ^ 1 << below(8)); break;
      case 2: raw(text, 1 + below(3)); break;
      default: text.insert(at, text.substr(below(text.size()), 1 + below(8)));
    }
  }

  void value(std::string &text, int depth) {
    const std::uint64_t kind = below(depth > 5 ? 6 : 10);
    if (kind < 1) text += one_of({"true", "false", "null", "nul", "NaN", "Infinity", "undefined"});
    else if (kind < 4) number(text);
    else if (kind < 6) string(text);
    else if (kind < 8) members(text, depth, '[', ']');
    else if (kind < 9 || below(200) > 0) members(text, depth, '{', '}');
    else deep(text);
  }

  void number(std::string &text) {
    text += one_of({"", "-", "", "+", "--"});
    for (std::uint64_t i = below(6) == 0 ? below(30) : 1 + below(3); i > 0; --i) text += static_cast<char>('0' + below(10));
    if (below(2) == 0) text += one_of({".5", ".", ".000001", ".123456789012345678", "e5", "E-3", "e+308", "e999", "e-400", ".5e", "x1"});
  }

  void string(std::string &text) {
    text += '"';
    for (std::uint64_t i = below(6); i > 0; --i)
      text += one_of({"a", "key", "\\n", "\\u00e9", "\\ud83d\\ude00", "\\ud800", "\\udc00x", "\\x", "\\u12", "\xC3\xA9", "\xF0\x9F\x98\x80", "\xC0\x80", "\xED\xA0\x80", "\xFF", "\t", "\\\"", "/", "\x7f"});
    text += one_of({"\"", "\"", "\"", "\"", ""});
  }

  void members(std::string &text, int depth, char open, char close) {
    text += open;
    const std::uint64_t count = below(4);
    for (std::uint64_t i = 0; i < count; ++i) {
      if (i > 0) text += one_of({",", ", ", ",\n"});
      if (open == '{') string(text), text += one_of({":", " : ", ": "});
      value(text, depth + 1);
    }
    if (below(30) == 0) text += ',';
    text += close;
  }

  void deep(std::string &text) {
    const std::uint64_t depth = 50 + below(30);
    text.append(depth, '[').append(depth, ']');
  }

  std::uint64_t state_;
};

int fuzz(std::uint64_t seed, std::uint64_t count) {
  Generator generator(seed);
  std::uint64_t accepted = 0;
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::string text = generator.text();
    Value value, again;
    if (!read(text, value)) continue;
    ++accepted;
    const std::string once = written(value);
    if (read(once, again) && written(again) == once) continue;
    std::printf("input %" PRIu64 " of seed %" PRIu64 " does not survive: %s\n", i, seed, mvas::json::quote(text).c_str());
    return 1;
  }
  std::printf("{\"inputs\": %" PRIu64 ", \"accepted\": %" PRIu64 "}\n", count, accepted);
  return 0;
}

int judge() {
  for (std::string line; std::getline(std::cin, line);) {
    std::string text;
    for (std::size_t i = 0; i + 1 < line.size(); i += 2) text += static_cast<char>(std::stoi(line.substr(i, 2), nullptr, 16));
    Value value;
    std::cout << (read(text, value) ? written(value) : "-") << '\n';
  }
  return 0;
}

}  // namespace

int main(int count, char **arguments) {
  if (count == 4) return fuzz(std::strtoull(arguments[2], nullptr, 10), std::strtoull(arguments[3], nullptr, 10));
  return judge();
}
