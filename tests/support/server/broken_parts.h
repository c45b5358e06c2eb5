// Parts that fail in the ways real ones can.
#pragma once

#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

#include "core/core_error.h"
#include "extract/extractor.h"
#include "history/graph_store.h"
#include "quota/ledger.h"

namespace graphrail::test {

/// What a broken part knows and no client may read.
inline constexpr const char* kPrivateCause = "disk I/O error in /secret/graphs.db";

/// A store that answers every call with one error.
class BrokenGraphStore final : public history::GraphStore {
 public:
  explicit BrokenGraphStore(std::error_code code) : code_(code) {}
  boost::asio::awaitable<core::Result<void>> save(
      std::shared_ptr<const history::SavedGraph>) override {
    co_return core::fail(code_, {"The graph store does not answer."}, {kPrivateCause});
  }
  boost::asio::awaitable<core::Result<history::SavedGraph>> find(std::string) override {
    co_return core::fail(code_, {"The graph store does not answer."}, {kPrivateCause});
  }
  boost::asio::awaitable<bool> is_ready() override { co_return false; }

 private:
  std::error_code code_;
};

/// A ledger whose store is away.
class BrokenLedger final : public quota::Ledger {
 public:
  boost::asio::awaitable<core::Result<quota::Charge>> charge(std::string,
                                                             std::vector<quota::Claim>) override {
    co_return fail();
  }
  boost::asio::awaitable<core::Result<void>> settle(std::string,
                                                    std::optional<std::uint64_t>) override {
    co_return fail();
  }
  boost::asio::awaitable<core::Result<bool>> refund(std::string) override { co_return fail(); }
  boost::asio::awaitable<core::Result<quota::Standing>> peek(quota::Subject,
                                                             std::uint64_t) override {
    co_return fail();
  }
  boost::asio::awaitable<core::Result<std::size_t>> reconcile() override { co_return fail(); }
  boost::asio::awaitable<bool> is_ready() override { co_return false; }

 private:
  static std::unexpected<core::Error> fail() {
    return core::fail(quota::LedgerError::kUnavailable, {"The ledger does not answer."},
                      {kPrivateCause});
  }
};

/// An engine that breaks an invariant.
class ThrowingExtractor final : public extract::Extractor {
 public:
  boost::asio::awaitable<core::Result<extract::ExtractionReport>> extract(
      extract::ExtractionRequest, std::shared_ptr<extract::ExtractionSink>) override {
    throw std::runtime_error(kPrivateCause);
    co_return extract::ExtractionReport{};
  }
};

/// An engine that fails with one error.
class FailingExtractor final : public extract::Extractor {
 public:
  explicit FailingExtractor(core::Error error) : error_(std::move(error)) {}
  boost::asio::awaitable<core::Result<extract::ExtractionReport>> extract(
      extract::ExtractionRequest, std::shared_ptr<extract::ExtractionSink>) override {
    co_return core::fail(error_);
  }

 private:
  core::Error error_;
};

}  // namespace graphrail::test
