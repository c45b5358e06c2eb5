#include "llm/retry_policy.h"

#include <curl/curl.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string>

namespace graphrail::llm {
namespace {

using std::chrono::milliseconds;

constexpr double kJitterShare = 0.25;
constexpr milliseconds kMaxHint{3'600'000};

std::optional<double> parse_number(std::string_view text) noexcept {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) {
    return std::nullopt;
  }
  return value;
}

std::optional<milliseconds> within_reason(double value_ms) noexcept {
  if (value_ms < 0 || value_ms > static_cast<double>(kMaxHint.count())) return std::nullopt;
  return milliseconds(static_cast<milliseconds::rep>(std::ceil(value_ms)));
}

std::optional<milliseconds> read_retry_after(std::string_view value,
                                             std::chrono::system_clock::time_point now) {
  if (const auto seconds = parse_number(value)) return within_reason(*seconds * 1000);
  const std::time_t date = curl_getdate(std::string(value).c_str(), nullptr);
  if (date < 0) return std::nullopt;
  const auto wait = std::chrono::system_clock::from_time_t(date) - now;
  const auto wait_ms = std::chrono::ceil<milliseconds>(wait).count();
  return within_reason(static_cast<double>(std::max<milliseconds::rep>(wait_ms, 0)));
}

}  // namespace

std::optional<milliseconds> next_delay(const RetryLimits& limits, LlmError error,
                                       int failed_attempts, std::optional<milliseconds> hint,
                                       double jitter, milliseconds remaining) noexcept {
  if (!is_transient(error) || failed_attempts >= limits.max_attempts) return std::nullopt;
  milliseconds delay = hint.value_or(milliseconds::zero());
  if (!hint) {
    const int doublings = std::min(failed_attempts - 1, 16);
    const auto grown =
        std::min(limits.max_delay, milliseconds(limits.first_delay.count() << doublings));
    const double share = 1.0 - kJitterShare * std::clamp(jitter, 0.0, 1.0);
    delay =
        milliseconds(static_cast<milliseconds::rep>(static_cast<double>(grown.count()) * share));
  }
  if (delay >= remaining) return std::nullopt;
  return delay;
}

std::optional<milliseconds> read_retry_hint(const RetryHeaders& headers,
                                            std::chrono::system_clock::time_point now) {
  if (const auto value_ms = parse_number(headers.retry_after_ms)) {
    if (const auto hint = within_reason(*value_ms)) return hint;
  }
  if (!headers.retry_after.empty()) {
    if (const auto hint = read_retry_after(headers.retry_after, now)) return hint;
  }
  std::optional<milliseconds> longest;
  for (const std::string_view reset : {headers.reset_requests, headers.reset_tokens}) {
    const auto value = parse_duration(reset);
    if (value && *value > milliseconds::zero() && *value <= kMaxHint) {
      longest = std::max(longest.value_or(milliseconds::zero()), *value);
    }
  }
  return longest;
}

std::optional<milliseconds> parse_duration(std::string_view text) {
  if (text.empty()) return std::nullopt;
  double total_ms = 0;
  while (!text.empty()) {
    const std::size_t digits = text.find_first_not_of("0123456789.");
    if (digits == 0 || digits == std::string_view::npos) return std::nullopt;
    const auto number = parse_number(text.substr(0, digits));
    if (!number) return std::nullopt;
    text.remove_prefix(digits);
    const std::string_view unit = text.substr(0, text.find_first_of("0123456789."));
    text.remove_prefix(unit.size());
    double unit_ms = 0;
    if (unit == "ms") unit_ms = 1;
    if (unit == "s") unit_ms = 1'000;
    if (unit == "m") unit_ms = 60'000;
    if (unit == "h") unit_ms = 3'600'000;
    if (unit_ms == 0) return std::nullopt;
    total_ms += *number * unit_ms;
  }
  if (!std::isfinite(total_ms) || total_ms > 1e12) return std::nullopt;
  return milliseconds(static_cast<milliseconds::rep>(std::ceil(total_ms)));
}

}  // namespace graphrail::llm
