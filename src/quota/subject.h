// Whose counter: a tier and who in it. The text is what every ledger files the counter under, so
// it is chosen once here; with the number of the window behind it, it is the key that
// @upstash/ratelimit reads and writes for prefix "ratelimit:<tier>" and that identifier.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "quota/window.h"

namespace graphrail::quota {

/// A value; make it with one of the functions below.
class Subject {
 public:
  Subject() = default;

  /// "<tier>:<identifier>", e.g. "anon:203.0.113.7". The tier has no colon, so two different
  /// subjects never have one text.
  [[nodiscard]] const std::string& text() const noexcept { return text_; }
  [[nodiscard]] std::string_view tier() const noexcept {
    return std::string_view(text_).substr(0, text_.find(':'));
  }
  [[nodiscard]] std::string_view identifier() const noexcept {
    return std::string_view(text_).substr(text_.find(':') + 1);
  }

  auto operator<=>(const Subject&) const = default;

 private:
  friend Subject make_subject(std::string_view tier, std::string_view identifier);
  friend Subject subject_from_text(std::string text);
  std::string text_;
};

/// `identifier` is a client address in the normal form of the identity room, or a token's `sub`.
/// It stands in the key as it is, which is what @upstash/ratelimit does, unless it could do harm
/// there: empty, longer than 200 bytes, not well-formed UTF-8, with a space, a control character
/// or one of the wildcards * ? [ ] \ (an SDK's reset deletes by pattern), or looking like the
/// replacement itself. Such a one becomes "sha256-" and 64 hex digits of its SHA-256, so that
/// different identifiers still never share a counter. `tier` must satisfy is_tier_name(); throws
/// std::invalid_argument otherwise.
[[nodiscard]] Subject make_subject(std::string_view tier, std::string_view identifier);

/// The one subject that all charges of the operator's daily budget share: "budget:all".
[[nodiscard]] Subject budget_subject();

/// Reads back what text() gave, from a store of ours.
[[nodiscard]] Subject subject_from_text(std::string text);

/// The counter's key in a shared store: "ratelimit:anon:203.0.113.7:20780".
[[nodiscard]] std::string key_text(const Subject& subject, Window window);

}  // namespace graphrail::quota
