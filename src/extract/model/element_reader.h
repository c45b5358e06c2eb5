// Reads a model's answer while it is being written. The answer is one JSON object whose arrays
// ("nodes", "edges") hold objects; an element counts when its brace closes, so no half value is
// ever seen and a cut answer keeps what was complete. Bytes in, elements out: no I/O, linear time,
// memory bounded by one element.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace graphrail::extract::model {

/// Receives the elements in the order they close.
class ElementSink {
 public:
  virtual ~ElementSink() = default;
  /// `array` is the name of the enclosing array, `json` the element's text from brace to brace;
  /// both are valid during the call only. The text is balanced but not otherwise checked.
  virtual void element(std::string_view array, std::string_view json) = 0;
};

/// Push tokenizer for {"<array>":[{…},{…}],…}. Text before the object (a "<think>" block, a code
/// fence, a sentence) and after it is skipped; other members of the object are skipped too.
class ElementReader {
 public:
  static constexpr std::size_t kMaxElementBytes = 256 * 1024;
  static constexpr std::size_t kMaxDepth = 64;

  /// Takes the next bytes, cut anywhere. Does nothing once complete() or failed().
  void feed(std::string_view bytes, ElementSink& sink);

  /// The object has been closed: the answer is whole.
  [[nodiscard]] bool complete() const noexcept { return state_ == State::kComplete; }
  /// Not JSON of that shape: mismatched brackets, too deep, an element above the limit.
  [[nodiscard]] bool failed() const noexcept { return state_ == State::kFailed; }
  /// The answer has one of the arrays that hold elements, empty or not: it has the asked-for shape.
  [[nodiscard]] bool has_arrays() const noexcept { return has_arrays_; }
  /// A `{` has been seen.
  [[nodiscard]] bool started() const noexcept { return depth_ > 0 || complete() || failed(); }

 private:
  enum class State : std::uint8_t { kPreface, kThinking, kStructure, kString, kComplete, kFailed };

  std::size_t skip_preface(std::string_view bytes, std::size_t at);
  std::size_t skip_thinking(std::string_view bytes, std::size_t at);
  std::size_t read_structure(std::string_view bytes, std::size_t at, ElementSink& sink);
  std::size_t read_string(std::string_view bytes, std::size_t at);
  void open(char bracket);
  void close(char bracket, ElementSink& sink);
  void keep(std::string_view piece);
  [[nodiscard]] bool in_element() const noexcept { return depth_ >= kElementDepth; }

  static constexpr std::size_t kElementDepth = 3;

  State state_ = State::kPreface;
  std::size_t depth_ = 0;
  /// An odd number of backslashes stands directly before the next byte of the string.
  bool escaped_ = false;
  /// The string being read is a member name of the outer object.
  bool reading_name_ = false;
  std::array<char, kMaxDepth> brackets_{};
  /// Progress in matching "<think>" or "</think>".
  std::size_t matched_ = 0;
  bool has_arrays_ = false;
  std::string name_;
  std::string element_;
};

}  // namespace graphrail::extract::model
