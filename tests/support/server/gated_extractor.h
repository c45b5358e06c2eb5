// An engine that shows one node, if it is to, and then waits until the test lets it go on, or until
// it is cancelled; safe to steer from the test's thread.
#pragma once

#include <atomic>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>

#include "extract/extractor.h"

namespace graphrail::test {

class GatedExtractor final : public extract::Extractor {
 public:
  boost::asio::awaitable<core::Result<extract::ExtractionReport>> extract(
      extract::ExtractionRequest, std::shared_ptr<extract::ExtractionSink> sink) override {
    ++started;
    const Ending ending(*this);
    if (shows_node) sink->node({.id = "first", .label = "First", .type = "Investor"});
    const auto executor = co_await boost::asio::this_coro::executor;
    while (!is_open) {
      boost::asio::steady_timer timer(executor, std::chrono::milliseconds(2));
      auto waiting = timer.async_wait(boost::asio::use_awaitable);
      co_await std::move(waiting);
    }
    was_finished = true;
    if (failure) co_return core::fail(*failure);
    extract::ExtractionReport report;
    report.engine = "rules";
    co_return report;
  }

  /// Waits until `count` calls have ended, however they ended; false after ten seconds.
  bool wait_for_end(int count = 1) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, std::chrono::seconds(10), [&] { return ended_ >= count; });
  }

  std::atomic<bool> is_open{false};
  std::atomic<bool> shows_node{true};
  std::atomic<int> started{0};
  std::atomic<bool> was_finished{false};
  std::optional<core::Error> failure;

 private:
  class Ending {
   public:
    explicit Ending(GatedExtractor& owner) : owner_(owner) {}
    Ending(const Ending&) = delete;
    Ending& operator=(const Ending&) = delete;
    ~Ending() {
      const std::scoped_lock lock(owner_.mutex_);
      ++owner_.ended_;
      owner_.changed_.notify_all();
    }

   private:
    GatedExtractor& owner_;
  };

  std::mutex mutex_;
  std::condition_variable changed_;
  int ended_ = 0;
};

}  // namespace graphrail::test
