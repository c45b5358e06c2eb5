// Where a response body goes while it streams in: decoded, counted and bounded. Small bodies are
// free; a larger one needs a lease of the shared budget and starves without it. Used on one strand.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "core/result.h"
#include "net/body_budget.h"
#include "net/content_decoder.h"

namespace graphrail::net {

struct BodyLimits {
  /// Decoded bytes, and bytes on the wire.
  std::uint64_t max_bytes = 5 * 1024 * 1024;
  /// Decoded bytes that need no lease.
  std::uint64_t free_bytes = 512 * 1024;
};

class BodySink {
 public:
  BodySink(BodyLimits limits, std::shared_ptr<BodyBudget> budget)
      : limits_(limits), budget_(std::move(budget)) {}

  /// Sets the decoder; call once, before the first bytes.
  void start(ContentDecoder decoder) { decoder_ = std::move(decoder); }

  /// Takes bytes from the network and decodes what the budget allows. Fails with too_large or
  /// bad_encoding. Must not be called while starved().
  [[nodiscard]] core::Result<void> accept(std::string_view wire);

  /// Decodes what was held back. The same failures.
  [[nodiscard]] core::Result<void> drain();

  /// True when bytes are held back for want of a lease.
  [[nodiscard]] bool starved() const noexcept { return starved_; }

  /// Ends the body; fails with bad_encoding when it was cut short. Must not be starved.
  [[nodiscard]] core::Result<void> finish() const { return decoder_.finish(); }

  [[nodiscard]] std::uint64_t wire_bytes() const noexcept { return wire_bytes_; }
  /// Also after the body was taken.
  [[nodiscard]] std::uint64_t decoded_bytes() const noexcept { return taken_bytes_ + body_.size(); }
  [[nodiscard]] std::string take_body() {
    taken_bytes_ += body_.size();
    return std::exchange(body_, {});
  }
  [[nodiscard]] BodyBudget::Lease take_lease() { return std::move(lease_); }

 private:
  bool may_grow();

  BodyLimits limits_;
  std::shared_ptr<BodyBudget> budget_;
  ContentDecoder decoder_;
  BodyBudget::Lease lease_;
  std::string body_;
  std::uint64_t wire_bytes_ = 0;
  std::uint64_t taken_bytes_ = 0;
  bool starved_ = false;
};

}  // namespace graphrail::net
