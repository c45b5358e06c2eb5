// What a mock server does wrong on request, so that a client's answer to it can be tried. One
// grammar for the flag, the request header and the model's name: words separated by "," or ";", a
// word is NAME or NAME=VALUE. Plain values.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

namespace graphrail::app::mock_llm {

/// Where the error object stands that a 200 carries.
enum class ErrorPlace : std::uint8_t { kNone, kBody, kStream };

struct Fault {
  /// Instead of an answer; 0 for none. 400 to 599.
  int status = 0;
  std::optional<std::chrono::seconds> retry_after;
  std::optional<std::chrono::milliseconds> retry_after_ms;
  /// Only that many requests of this specification fail, later ones are answered; 0 for all.
  std::size_t times = 0;
  /// Before the head.
  std::chrono::milliseconds delay{0};
  /// No answer at all.
  bool hang = false;
  /// Between two pieces of a stream.
  std::chrono::milliseconds drip{0};
  /// The connection ends after that many bytes of content.
  std::optional<std::size_t> cut;
  /// The content ends after that many bytes with finish_reason "length".
  std::optional<std::size_t> length;
  /// Of a prompt with more tokens than that the beginning of the text is not read, and not counted.
  std::optional<std::size_t> context;
  bool refusal = false;
  /// The content ends half way with finish_reason "content_filter".
  bool filter = false;
  /// The content is not JSON.
  bool wrong_json = false;
  /// The content is JSON of another shape.
  bool wrong_schema = false;
  ErrorPlace error = ErrorPlace::kNone;
  /// A page instead of JSON, with `status` or 200.
  bool html = false;
  /// Megabytes of content; 0 for the usual answer.
  std::size_t big_mb = 0;
  /// No token counts.
  bool no_usage = false;
  /// response_format json_schema is refused.
  bool no_schema = false;
  /// JSON although a stream was asked for.
  bool no_stream = false;
  /// A <think> block and a code fence around the content.
  bool think = false;

  bool operator==(const Fault&) const = default;
};

/// Reads a specification; an empty one asks for nothing. Fails with one sentence that names the
/// word nobody knows, the value out of bounds or the words that do not go together.
[[nodiscard]] std::expected<Fault, std::string> parse_fault(std::string_view spec);

/// Lines for a help text, one word and its meaning each.
[[nodiscard]] std::string_view fault_grammar() noexcept;

}  // namespace graphrail::app::mock_llm
