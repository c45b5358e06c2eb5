// A model engine that answers at once as the test tells it to: one node and a report, or a failure
// before or after the node. Safe to steer from the test's thread.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "extract/extractor.h"

namespace graphrail::test {

class ScriptedExtractor final : public extract::Extractor {
 public:
  boost::asio::awaitable<core::Result<extract::ExtractionReport>> extract(
      extract::ExtractionRequest request, std::shared_ptr<extract::ExtractionSink> sink) override {
    ++calls;
    if (request.key) ++calls_with_key;
    const std::optional<core::Error> failure = next_failure();
    if (failure && !fails_late) co_return core::fail(*failure);
    sink->node({.id = "northlight", .label = "Northlight Ventures", .type = "Investor"});
    if (failure) co_return core::fail(*failure);
    extract::ExtractionReport report;
    report.engine = "llm";
    report.model = "scripted";
    report.token_count = tokens;
    co_return report;
  }

  /// From now on, until told nothing.
  void fail_with(std::optional<core::Error> failure) {
    const std::scoped_lock lock(mutex_);
    failure_ = std::move(failure);
  }

  std::atomic<int> calls{0};
  std::atomic<int> calls_with_key{0};
  std::atomic<bool> fails_late{false};
  std::atomic<std::uint64_t> tokens{100};

 private:
  std::optional<core::Error> next_failure() {
    const std::scoped_lock lock(mutex_);
    return failure_;
  }

  std::mutex mutex_;
  std::optional<core::Error> failure_;
};

}  // namespace graphrail::test
