#include "generate/production.h"

#include <algorithm>

#include "generate/source.h"

namespace graphrail::generate {
namespace {

/// Fewer than any prose has with the tokenizers in use; settling puts the real number in its place.
constexpr std::uint64_t kBytesPerToken = 2;

}  // namespace

ChargeEnd charge_end_of(const core::Error& error, bool has_begun, bool is_dismissed) noexcept {
  const bool is_gone = error.is(GenerateError::kClientGone);
  if (is_gone && is_dismissed) return ChargeEnd::kRefund;
  if (is_gone && has_begun) return ChargeEnd::kSettle;
  if (is_gone || error.is(GenerateError::kModelDeclined)) return ChargeEnd::kForgive;
  return ChargeEnd::kRefund;
}

std::uint64_t reserved_tokens(std::string_view input, const GenerateLimits& limits) {
  const std::uint64_t bytes = is_url(input) ? limits.reserved_page_bytes : input.size();
  const std::uint64_t chunk_bytes = std::max<std::uint64_t>(limits.chunk_chars, 1);
  const std::uint64_t chunks = std::max<std::uint64_t>((bytes + chunk_bytes - 1) / chunk_bytes, 1);
  return bytes / kBytesPerToken + chunks * limits.reserved_chunk_tokens;
}

}  // namespace graphrail::generate
