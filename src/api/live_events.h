// A generation as a stream of events. The generation fills it from whichever thread it runs on, the
// connection empties it on its own; in between is one bounded buffer.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "core/result.h"
#include "core/waiter.h"
#include "generate/audience.h"
#include "generate/generate.h"
#include "http/client_presence.h"

namespace graphrail::api {

/// Events are numbered from 1. After `done` or `error` nothing more comes.
class LiveEvents final : public generate::Audience,
                         public std::enable_shared_from_this<LiveEvents> {
 public:
  /// A client that lets this much wait unread is taken for gone.
  static constexpr std::size_t kMaxWaitingBytes = 32UL * 1024 * 1024;

  /// `presence` may be null; `executor` is the connection's.
  LiveEvents(std::shared_ptr<http::ClientPresence> presence, boost::asio::any_io_executor executor)
      : presence_(std::move(presence)), executor_(std::move(executor)) {}

  void charged(const quota::Standing& daily) override;
  void stage(std::string_view name, const boost::json::object& detail) override;
  void node(const graph::Node& node) override;
  void edge(const graph::Edge& edge) override;
  void warning(const graph::Warning& warning) override;
  std::shared_ptr<void> on_gone(std::function<void()> action) override;
  [[nodiscard]] bool is_dismissed() const override {
    return presence_ && presence_->is_dismissed();
  }

  /// The last event: `done` with the whole answer, or `error` with the problem.
  void finish(std::string_view event, std::string_view data);

  /// Everything that waits, in wire form; empty when nothing came within `patience`.
  boost::asio::awaitable<std::string> next(std::chrono::milliseconds patience);
  /// The counter that the generation was charged to.
  [[nodiscard]] std::optional<quota::Standing> daily() const;
  /// Events so far, the last one included.
  [[nodiscard]] std::uint64_t event_count() const;
  /// The last event has been taken.
  [[nodiscard]] bool is_over() const;

 private:
  void append(std::string_view event, std::string_view data);
  void wake();

  std::shared_ptr<http::ClientPresence> presence_;
  boost::asio::any_io_executor executor_;
  mutable std::mutex mutex_;
  std::string waiting_;
  std::uint64_t last_id_ = 0;
  bool is_finished_ = false;
  std::shared_ptr<core::Waiter> reader_;
  std::optional<quota::Standing> daily_;
};

}  // namespace graphrail::api
