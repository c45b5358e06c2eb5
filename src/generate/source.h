// From the request's input to the text that is read. Pure; an address is told from a text here, so
// this is where pages join.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "generate/generate.h"
#include "graph/graph.h"

namespace graphrail::generate {

/// The text that is read, and the offsets of the evidence refer to.
struct Source {
  std::shared_ptr<const std::string> text;
  /// Code points of `text`.
  std::size_t chars = 0;
  std::string title;
  /// What was changed on the way: `invalid_utf8_replaced`, `control_characters_replaced`.
  std::vector<graph::Warning> warnings;
};

/// True when `input` is one http or https address and nothing else (RFC 3986 scheme, any case).
[[nodiscard]] bool is_url(std::string_view input) noexcept;

/// Reads pasted text as it is, line endings included, with two exceptions: each byte that is not
/// well-formed UTF-8 becomes U+FFFD, and control characters (C0 other than tab, newline, carriage
/// return; DEL) become spaces, which moves no offset. Fails with kUrlUnsupported, kInputTooShort
/// (white space at both ends does not count), kInputTooLong; the error's field is `input`.
[[nodiscard]] core::Result<Source> read_source(std::string input, const GenerateLimits& limits);

/// The first 60 code points of `text` with white space folded, for lists of graphs.
[[nodiscard]] std::string make_title(std::string_view text);

}  // namespace graphrail::generate
