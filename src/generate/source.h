// From the request's input to the text that is read: pasted text as it is, or the main text of the
// page behind an address.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "generate/generate.h"
#include "graph/graph.h"
#include "page/page_reader.h"

namespace graphrail::generate {

/// The text that is read, and the offsets of the evidence refer to.
struct Source {
  std::shared_ptr<const std::string> text;
  /// Code points of `text`.
  std::size_t chars = 0;
  std::string title;
  /// The page's address as it was asked for; empty for pasted text.
  std::string url;
  /// Of the page's text.
  bool cache_hit = false;
  std::optional<std::int64_t> cache_age_seconds;
  /// Part of the page was not read: it is longer than the limit.
  bool truncated = false;
  /// What was changed on the way: `invalid_utf8_replaced`, `control_characters_replaced`,
  /// `invisible_text_removed`, `page_truncated`, `stale_page`.
  std::vector<graph::Warning> warnings;
};

/// True when `input` is one http or https address and nothing else (RFC 3986 scheme, any case).
[[nodiscard]] bool is_url(std::string_view input) noexcept;

/// Reads pasted text as it is, line endings included, with two exceptions: each byte that is not
/// well-formed UTF-8 becomes U+FFFD, and control characters (C0 other than tab, newline, carriage
/// return; DEL) become spaces, which moves no offset. Fails with kInputTooShort (white space at
/// both ends does not count), kInputTooLong; the error's field is `input`.
[[nodiscard]] core::Result<Source> read_text(std::string input, const GenerateLimits& limits);

/// The page's title, an empty line and its main text, at most `limits.maximum_text_chars` of them.
/// `unix_seconds` is the time of the title "example.com · Nov 23".
[[nodiscard]] Source make_page_source(std::string url, const page::PageReading& reading,
                                      const GenerateLimits& limits, std::int64_t unix_seconds);

/// A failed page in the use case's own errors: kInvalidUrl, kScrapeFailed with the reason, or
/// CoreError::kBusy when it is this server that has no room. The error's field is `input`.
[[nodiscard]] core::Error to_generate_error(core::Error error);

/// The first 60 code points of `text` with white space folded, for lists of graphs.
[[nodiscard]] std::string make_title(std::string_view text);

}  // namespace graphrail::generate
