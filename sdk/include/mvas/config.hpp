// The configuration of a plugin: declared once with types, ranges and defaults, then parsed, changed and told by the SDK.
#ifndef MVAS_CONFIG_HPP
#define MVAS_CONFIG_HPP

#include <initializer_list>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "json.hpp"

namespace mvas {

/// Least and greatest allowed value, both included.
template <class T>
struct Range {
  T least, greatest;
};

namespace detail {

[[noreturn]] inline void refuse_value(const std::string &key, const std::string &rule, const std::string &found, const std::string &description) {
  const std::string meaning = description.empty() ? "" : " (" + description + ")";
  throw Error(MVAS_ERROR_INVALID_INPUT, "configuration " + key + meaning + " must be " + rule + ", not " + found);
}

/// One declared key; a change is staged first so that a later bad entry can undo it.
class Slot {
 public:
  Slot(std::string key, std::string description) : key_(std::move(key)), description_(std::move(description)) {}
  Slot(const Slot &) = delete;
  Slot &operator=(const Slot &) = delete;
  virtual ~Slot() = default;
  const std::string &key() const noexcept { return key_; }

  virtual void stage(const json::Value &value) = 0;
  /// As mvas_set_config has it: everything is text.
  virtual void stage(const std::string &text) = 0;
  virtual void commit() noexcept = 0;
  virtual void print(json::Object &object) const = 0;

 protected:
  [[noreturn]] void refuse(const std::string &rule, const std::string &found) const { refuse_value(key_, rule, found, description_); }

 private:
  std::string key_, description_;
};

template <class T>
class TypedSlot : public Slot {
 public:
  TypedSlot(std::string key, T value, std::string description)
      : Slot(std::move(key), std::move(description)), value_(value), staged_(std::move(value)) {}
  const T *value() const noexcept { return &value_; }
  void commit() noexcept override { std::swap(value_, staged_); }
  void print(json::Object &object) const override { object.set(key(), value_); }

 protected:
  T value_, staged_;
};

template <class T>
class NumberSlot final : public TypedSlot<T> {
 public:
  NumberSlot(std::string key, T value, Range<T> range, std::string description)
      : TypedSlot<T>(std::move(key), value, std::move(description)), range_(range) {
    stage_number(static_cast<double>(value), number_text(value));
  }

  void stage(const json::Value &value) override {
    if (value.kind != json::Kind::number) this->refuse(rule(), json::name(value.kind));
    stage_number(value.number, number_text(value.number));
  }

  void stage(const std::string &text) override {
    const char *begin = text.c_str(), *end = begin + text.size();
    if (text.empty() || number_end(begin, end) != end) this->refuse(rule(), json::quote(text.substr(0, 64)));
    stage_number(CLocale().to_double(begin), text.substr(0, 64));
  }

 private:
  std::string rule() const {
    const char *kind = std::is_integral_v<T> ? "a whole number in " : "a number in ";
    return kind + number_text(range_.least) + ".." + number_text(range_.greatest);
  }

  void stage_number(double number, const std::string &shown) {
    // A float compares as float: 0.7 as text is greater than 0.7f.
    const double same = std::is_same_v<T, float> && std::abs(number) < 3e38 ? static_cast<double>(static_cast<float>(number)) : number;
    const bool whole = !std::is_integral_v<T> || number == std::floor(number);
    if (!whole || !(same >= static_cast<double>(range_.least)) || !(same <= static_cast<double>(range_.greatest))) this->refuse(rule(), shown);
    this->staged_ = static_cast<T>(number);
  }

  Range<T> range_;
};

class BoolSlot final : public TypedSlot<bool> {
 public:
  using TypedSlot::TypedSlot;

  void stage(const json::Value &value) override {
    if (value.kind != json::Kind::boolean) refuse("true or false", json::name(value.kind));
    staged_ = value.boolean;
  }

  void stage(const std::string &text) override {
    if (text != "true" && text != "false") refuse("true or false", json::quote(text.substr(0, 64)));
    staged_ = text == "true";
  }
};

class TextSlot final : public TypedSlot<std::string> {
 public:
  TextSlot(std::string key, std::string value, std::vector<std::string> choices, std::string description)
      : TypedSlot(std::move(key), value, std::move(description)), choices_(std::move(choices)) {
    stage(value);
  }

  void stage(const json::Value &value) override {
    if (value.kind != json::Kind::string) refuse(rule(), json::name(value.kind));
    stage(value.string);
  }

  void stage(const std::string &text) override {
    bool allowed = choices_.empty() && is_utf8(text);
    for (const std::string &choice : choices_) allowed = allowed || choice == text;
    if (!allowed) refuse(rule(), json::quote(text.substr(0, 64)));
    staged_ = text;
  }

 private:
  std::string rule() const {
    std::string text = choices_.empty() ? "UTF-8 text" : "one of";
    for (const std::string &choice : choices_) text += " " + choice;
    return text;
  }

  std::vector<std::string> choices_;
};

}  // namespace detail

/// What `Config::add` returns: the current value of one key. It reads the value at each use, so keep the handle, not the value.
template <class T>
class Setting {
 public:
  Setting() = default;
  explicit Setting(const T *value) : value_(value) {}
  const T &get() const {
    if (value_ == nullptr) throw Error(MVAS_ERROR_INFERENCE, "a setting is read that init has not got from Config::add");
    return *value_;
  }
  operator const T &() const { return get(); }
  const T &operator*() const { return get(); }
  const T *operator->() const { return &get(); }

 private:
  const T *value_ = nullptr;
};

/// Given to Plugin::init, which declares its keys with `add`. A value in the host's JSON that does not fit its declaration
/// ends mvas_init with INVALID_INPUT; keys that are not declared are ignored there and refused by mvas_set_config.
class Config {
 public:
  Config() = default;
  explicit Config(json::Value initial) : initial_(std::move(initial)) {}

  Setting<float> add(const char *key, float value, Range<float> range, const char *description = "") {
    return declare<detail::NumberSlot<float>, float>(key, value, range, description);
  }
  Setting<double> add(const char *key, double value, Range<double> range, const char *description = "") {
    return declare<detail::NumberSlot<double>, double>(key, value, range, description);
  }
  Setting<int> add(const char *key, int value, Range<int> range, const char *description = "") {
    return declare<detail::NumberSlot<int>, int>(key, value, range, description);
  }
  Setting<bool> add(const char *key, bool value, const char *description = "") {
    return declare<detail::BoolSlot, bool>(key, value, description);
  }
  Setting<std::string> add(const char *key, const char *value, const char *description = "") {
    return declare<detail::TextSlot, std::string>(key, value, std::vector<std::string>(), description);
  }
  /// One of several words.
  Setting<std::string> add(const char *key, const char *value, std::initializer_list<const char *> choices, const char *description = "") {
    return declare<detail::TextSlot, std::string>(key, value, std::vector<std::string>(choices.begin(), choices.end()), description);
  }

  /// A number needs a range; without one it would silently become a bool.
  template <class T, std::enable_if_t<std::is_arithmetic_v<T> && !std::is_same_v<T, bool>, int> = 0>
  void add(const char *key, T value, const char *description = "") = delete;

  /// All or nothing; of a repeated key the last entry wins.
  void set(const MVASConfigParam *params, int32_t count) {
    std::vector<detail::Slot *> staged;
    for (int32_t i = 0; i < count; ++i) {
      if (params[i].key == nullptr || params[i].value == nullptr)
        throw Error(MVAS_ERROR_INVALID_INPUT, "configuration entry " + detail::number_text(i) + " has a NULL key or value");
      detail::Slot *slot = find(params[i].key);
      if (slot == nullptr) throw Error(MVAS_ERROR_UNSUPPORTED, "configuration has no key " + json::quote(std::string(params[i].key).substr(0, 64)));
      slot->stage(std::string(params[i].value));
      bool again = false;
      for (const detail::Slot *earlier : staged) again = again || earlier == slot;
      if (!again) staged.push_back(slot);
    }
    for (detail::Slot *slot : staged) slot->commit();
  }

  std::string text() const {
    json::Object object;
    for (const auto &slot : slots_) slot->print(object);
    return object.text();
  }

 private:
  template <class S, class T, class... Arguments>
  Setting<T> declare(const char *key, Arguments &&...arguments) {
    if (find(key) != nullptr) throw Error(MVAS_ERROR_INIT_FAILED, "configuration key " + json::quote(key) + " is declared twice");
    auto slot = std::make_unique<S>(key, std::forward<Arguments>(arguments)...);
    if (const json::Value *given = initial_.find(key)) {
      slot->stage(*given);
      slot->commit();
    }
    Setting<T> setting(slot->value());
    slots_.push_back(std::move(slot));
    return setting;
  }

  detail::Slot *find(std::string_view key) const noexcept {
    for (const auto &slot : slots_)
      if (slot->key() == key) return slot.get();
    return nullptr;
  }

  json::Value initial_;
  std::vector<std::unique_ptr<detail::Slot>> slots_;
};

}  // namespace mvas

#endif  // MVAS_CONFIG_HPP
