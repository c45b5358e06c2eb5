// The head of an HTTP response and what it alone decides: go on reading, follow, stop. Pure.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/result.h"
#include "net/fetch_error.h"
#include "net/media_type.h"

namespace graphrail::net {

struct ResponseHead {
  int status = 0;
  /// Names in lower case, values trimmed, in order of arrival.
  std::vector<std::pair<std::string, std::string>> fields;

  /// The first value of `name` (lower case), or nothing.
  [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const;
  /// All values of `name`, joined by ", " as RFC 9110 section 5.3 has it; empty when absent.
  [[nodiscard]] std::string join(std::string_view name) const;
};

/// Collects header lines as libcurl hands them over, and counts them.
class HeadParser {
 public:
  /// One line with its line end. Returns false when the head is no HTTP or larger than 64 KiB or
  /// 200 fields in all, interim responses included.
  bool add_line(std::string_view line);
  /// True once the empty line after the final response's fields has been seen.
  [[nodiscard]] bool complete() const noexcept { return complete_; }
  [[nodiscard]] const ResponseHead& head() const noexcept { return head_; }

 private:
  ResponseHead head_;
  std::size_t bytes_ = 0;
  std::size_t lines_ = 0;
  bool complete_ = false;
};

/// What to do after the head.
struct HeadVerdict {
  enum class Next : std::uint8_t { kReadBody, kFollowLocation, kNotModified };
  Next next = Next::kReadBody;
  /// The kind of the body; nothing when no usable type is declared and the body must be sniffed.
  std::optional<MediaKind> kind;
};

/// Judges a complete head. `conditional` = the request carried a validator, so 304 is an answer.
/// Fails with the FetchError of the status, unsupported_type, too_large (announced), bad_encoding,
/// bad_response (junk Content-Length) or empty.
[[nodiscard]] core::Result<HeadVerdict> judge_head(const ResponseHead& head, bool conditional,
                                                   std::uint64_t max_body_bytes);

/// True for the statuses whose Location is followed.
[[nodiscard]] bool is_redirect(int status) noexcept;

/// The Retry-After of a 429 or 503 response.
[[nodiscard]] std::optional<std::chrono::seconds> retry_after_of(
    const ResponseHead& head, std::chrono::system_clock::time_point now);

}  // namespace graphrail::net
