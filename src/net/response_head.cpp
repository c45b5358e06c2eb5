#include "net/response_head.h"

#include <fmt/format.h>

#include <algorithm>

#include "net/content_decoder.h"
#include "net/retry_after.h"

namespace graphrail::net {
namespace {

constexpr std::size_t kMaxHeadBytes = 64 * 1024;
constexpr std::size_t kMaxHeadLines = 200;

std::string_view trim(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

std::optional<FetchError> error_for_status(int status) {
  switch (status) {
    case 200:
    case 201:
    case 202:
    case 203:
      return std::nullopt;
    case 204:
    case 205:
      return FetchError::kEmpty;
    case 401:
      return FetchError::kLoginRequired;
    case 402:
      return FetchError::kPaywall;
    case 403:
    case 451:
      return FetchError::kBlocked;
    case 404:
    case 410:
      return FetchError::kNotFound;
    case 429:
      return FetchError::kRateLimited;
    default:
      return status >= 500 && status <= 599 ? FetchError::kUpstreamError : FetchError::kBadStatus;
  }
}

/// RFC 9110 section 8.6: decimal digits only; a repeated value must repeat itself exactly.
core::Result<std::optional<std::uint64_t>> content_length(const ResponseHead& head) {
  std::optional<std::uint64_t> length;
  const std::string joined = head.join("content-length");
  if (!head.find("content-length")) return length;
  std::size_t start = 0;
  while (start <= joined.size()) {
    const std::size_t end = std::min(joined.find(',', start), joined.size());
    const std::string_view item = trim(std::string_view(joined).substr(start, end - start));
    start = end + 1;
    std::uint64_t value = 0;
    bool valid = !item.empty() && item.size() <= 18;
    for (const char c : item) {
      valid = valid && c >= '0' && c <= '9';
      value = value * 10 + static_cast<std::uint64_t>(c - '0');
    }
    if (!valid || (length && *length != value)) {
      return fail_fetch(FetchError::kBadResponse, fmt::format("Content-Length \"{}\"", joined));
    }
    length = value;
  }
  return length;
}

core::Result<HeadVerdict> judge_body_fields(const ResponseHead& head, std::uint64_t max_body) {
  HeadVerdict verdict;
  const auto length = content_length(head);
  if (!length) return core::fail(length.error());
  if (*length && **length > max_body) {
    return fail_fetch(FetchError::kTooLarge, fmt::format("announced {} bytes", **length));
  }
  if (const auto declared = head.find("content-type")) {
    if (const auto type = parse_media_type(*declared)) {
      verdict.kind = kind_of(*type);
      if (verdict.kind == MediaKind::kUnsupported) {
        return fail_fetch(FetchError::kUnsupportedType, type->essence);
      }
    }
  }
  const auto decoder = ContentDecoder::create(head.join("content-encoding"));
  if (!decoder) return core::fail(decoder.error());
  return verdict;
}

}  // namespace

std::optional<std::string_view> ResponseHead::find(std::string_view name) const {
  for (const auto& [field, value] : fields) {
    if (field == name) return value;
  }
  return std::nullopt;
}

std::string ResponseHead::join(std::string_view name) const {
  std::string out;
  for (const auto& [field, value] : fields) {
    if (field != name) continue;
    if (!out.empty()) out += ", ";
    out += value;
  }
  return out;
}

bool HeadParser::add_line(std::string_view line) {
  bytes_ += line.size();
  if (++lines_ > kMaxHeadLines || bytes_ > kMaxHeadBytes) return false;
  // Behind a finished head only the trailer of a chunked body can follow; nothing there counts.
  if (complete_) return true;
  if (line.starts_with("HTTP/")) {
    const std::size_t space = line.find(' ');
    if (space == line.npos || line.size() < space + 4) return false;
    head_ = {};
    for (const char c : line.substr(space + 1, 3)) {
      if (c < '0' || c > '9') return false;
      head_.status = head_.status * 10 + (c - '0');
    }
    return true;
  }
  if (trim(line).empty()) {
    // 100 and 103 are followed by the real head; 101 would leave HTTP.
    complete_ = head_.status >= 200 || head_.status == 101;
    return true;
  }
  if ((line.front() == ' ' || line.front() == '\t') && !head_.fields.empty()) {
    // A folded line (RFC 9112 section 5.2) goes on with the value before it.
    head_.fields.back().second += " " + std::string(trim(line));
    return true;
  }
  const std::size_t colon = line.find(':');
  if (colon == line.npos || head_.status == 0) return false;
  std::string name(line.substr(0, colon));
  std::ranges::transform(name, name.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  head_.fields.emplace_back(std::move(name), std::string(trim(line.substr(colon + 1))));
  return true;
}

bool is_redirect(int status) noexcept {
  return status == 300 || status == 301 || status == 302 || status == 303 || status == 307 ||
         status == 308;
}

core::Result<HeadVerdict> judge_head(const ResponseHead& head, bool conditional,
                                     std::uint64_t max_body_bytes) {
  HeadVerdict verdict;
  if (is_redirect(head.status) && head.find("location")) {
    verdict.next = HeadVerdict::Next::kFollowLocation;
    return verdict;
  }
  if (head.status == 304 && conditional) {
    verdict.next = HeadVerdict::Next::kNotModified;
    return verdict;
  }
  // Documented by its operator as the mark of a challenge page, whatever the status.
  if (head.find("cf-mitigated") == "challenge") {
    return fail_fetch(FetchError::kBotChallenge, "cf-mitigated: challenge");
  }
  if (const auto error = error_for_status(head.status)) {
    return fail_fetch(*error, fmt::format("status {}", head.status));
  }
  return judge_body_fields(head, max_body_bytes);
}

std::optional<std::chrono::seconds> retry_after_of(const ResponseHead& head,
                                                   std::chrono::system_clock::time_point now) {
  if (head.status != 429 && head.status != 503) return std::nullopt;
  const auto value = head.find("retry-after");
  return value ? parse_retry_after(*value, now) : std::nullopt;
}

}  // namespace graphrail::net
