#include "net/body_sink.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "net/fetch_error.h"

namespace graphrail::net {
namespace {

constexpr std::size_t kPieceBytes = 32 * 1024;

}  // namespace

bool BodySink::may_grow() {
  if (lease_ || body_.size() < limits_.free_bytes) return true;
  lease_ = budget_->try_acquire();
  // Reserved in one step: growing by doubling would hold two copies of a large body.
  if (lease_) body_.reserve(limits_.max_bytes + kPieceBytes);
  return lease_ != nullptr;
}

core::Result<void> BodySink::accept(std::string_view wire) {
  wire_bytes_ += wire.size();
  if (wire_bytes_ > limits_.max_bytes) {
    return fail_fetch(FetchError::kTooLarge, fmt::format("{} bytes on the wire", wire_bytes_));
  }
  decoder_.push(wire);
  return drain();
}

core::Result<void> BodySink::drain() {
  while (true) {
    starved_ = !may_grow();
    if (starved_) return {};
    const std::size_t before = body_.size();
    const std::uint64_t ceiling = lease_ ? limits_.max_bytes + 1 : limits_.free_bytes;
    const auto room = std::min<std::uint64_t>(kPieceBytes, ceiling - before);
    body_.resize(before + room);
    const auto produced = decoder_.pull(std::span(body_).subspan(before));
    body_.resize(before + produced.value_or(0));
    if (!produced) return core::fail(produced.error());
    if (*produced == 0) return {};
    if (body_.size() > limits_.max_bytes) {
      return fail_fetch(FetchError::kTooLarge, fmt::format("more than {} bytes decoded, {} on wire",
                                                           limits_.max_bytes, wire_bytes_));
    }
  }
}

}  // namespace graphrail::net
