// Pages without a network: one text for every address, a failure, or a fetch that never ends. Safe
// to steer from the test's thread.
#pragma once

#include <atomic>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "page/page_reader.h"

namespace graphrail::test {

class ScriptedPages final : public page::PageReader {
 public:
  explicit ScriptedPages(std::string text) : text_(std::move(text)) {}

  boost::asio::awaitable<core::Result<page::PageReading>> read(page::PageRequest request) override {
    ++reads;
    if (hangs) {
      const auto executor = co_await boost::asio::this_coro::executor;
      boost::asio::steady_timer timer(executor, boost::asio::steady_timer::time_point::max());
      auto waiting = timer.async_wait(boost::asio::use_awaitable);
      co_await std::move(waiting);
    }
    const std::optional<core::Error> failure = next_failure();
    if (failure) co_return core::fail(*failure);
    auto page = std::make_shared<page::CachedPage>();
    page->page.title = "Northlight leads";
    page->page.text = text_;
    page->final_url = request.url;
    co_return page::PageReading{.page = std::move(page)};
  }

  void fail_with(std::optional<core::Error> failure) {
    const std::scoped_lock lock(mutex_);
    failure_ = std::move(failure);
  }

  std::atomic<int> reads{0};
  /// Waits until it is cancelled.
  std::atomic<bool> hangs{false};

 private:
  std::optional<core::Error> next_failure() {
    const std::scoped_lock lock(mutex_);
    return failure_;
  }

  std::string text_;
  std::mutex mutex_;
  std::optional<core::Error> failure_;
};

}  // namespace graphrail::test
