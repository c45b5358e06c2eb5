#include "generate/source.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <utility>

#include "core/utf8.h"

namespace graphrail::generate {
namespace {

constexpr std::size_t kTitleChars = 60;
constexpr std::string_view kWhiteSpace = " \t\r\n\v\f";

std::string_view trimmed(std::string_view text) noexcept {
  const std::size_t first = text.find_first_not_of(kWhiteSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kWhiteSpace) - first + 1);
}

bool starts_with_ignoring_case(std::string_view text, std::string_view lower_prefix) noexcept {
  return text.size() >= lower_prefix.size() &&
         std::ranges::equal(text.substr(0, lower_prefix.size()), lower_prefix, {},
                            [](unsigned char c) { return std::tolower(c); });
}

bool is_unwanted_control(char c) noexcept {
  const auto byte = static_cast<unsigned char>(c);
  return (byte < 0x20 && c != '\t' && c != '\n' && c != '\r') || byte == 0x7F;
}

std::unexpected<core::Error> refuse(GenerateError code, std::string text) {
  return core::fail(core::Error(code, {std::move(text)}).with_field("input"));
}

/// Makes the text safe to store, show and search without moving any offset in it.
void clean(std::string& text, std::vector<graph::Warning>& warnings) {
  if (!core::is_valid_utf8(text)) {
    text = core::replace_invalid_utf8(text);
    warnings.push_back(
        {"invalid_utf8_replaced",
         "The input was not well-formed UTF-8; what could not be read became U+FFFD."});
  }
  const auto replaced = std::ranges::count_if(text, is_unwanted_control);
  if (replaced == 0) return;
  std::ranges::replace_if(text, is_unwanted_control, ' ');
  warnings.push_back({"control_characters_replaced",
                      fmt::format("Control characters became spaces: {}.", replaced)});
}

core::Result<void> check_length(std::string_view text, std::size_t chars,
                                const GenerateLimits& limits) {
  const std::size_t visible_chars = core::count_code_points(trimmed(text));
  if (visible_chars < limits.minimum_text_chars) {
    return refuse(GenerateError::kInputTooShort,
                  fmt::format("The text has {} characters; at least {} are needed.", visible_chars,
                              limits.minimum_text_chars));
  }
  if (chars > limits.maximum_text_chars) {
    return refuse(GenerateError::kInputTooLong,
                  fmt::format("The text has {} characters; at most {} are read.", chars,
                              limits.maximum_text_chars));
  }
  return {};
}

}  // namespace

bool is_url(std::string_view input) noexcept {
  const std::string_view word = trimmed(input);
  return word.find_first_of(kWhiteSpace) == std::string_view::npos &&
         (starts_with_ignoring_case(word, "https://") ||
          starts_with_ignoring_case(word, "http://"));
}

std::string make_title(std::string_view text) {
  std::string title;
  std::size_t chars = 0;
  bool pending_space = false;
  for (std::size_t at = 0; at < text.size() && chars < kTitleChars;) {
    const std::size_t bytes = core::decode_code_point(text, at).bytes;
    const std::string_view character = text.substr(at, bytes);
    at += bytes;
    if (kWhiteSpace.contains(character.front())) {
      pending_space = !title.empty();
      continue;
    }
    if (pending_space && ++chars == kTitleChars) break;
    if (std::exchange(pending_space, false)) title += ' ';
    title += character;
    ++chars;
  }
  return title;
}

core::Result<Source> read_text(std::string input, const GenerateLimits& limits) {
  Source source;
  clean(input, source.warnings);
  source.chars = core::count_code_points(input);
  if (core::Result<void> fits = check_length(input, source.chars, limits); !fits) {
    return core::fail(std::move(fits.error()));
  }
  source.title = make_title(input);
  source.text = std::make_shared<const std::string>(std::move(input));
  return source;
}

}  // namespace graphrail::generate
