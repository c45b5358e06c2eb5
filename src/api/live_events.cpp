#include "api/live_events.h"

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/json/serialize.hpp>
#include <utility>

#include "graph/json.h"
#include "http/event_stream.h"

namespace graphrail::api {

namespace json = boost::json;

void LiveEvents::charged(const quota::Standing& daily) {
  const std::scoped_lock lock(mutex_);
  daily_ = daily;
}

std::optional<quota::Standing> LiveEvents::daily() const {
  const std::scoped_lock lock(mutex_);
  return daily_;
}

void LiveEvents::stage(std::string_view name, const json::object& detail) {
  json::object data{{"stage", name}};
  for (const auto& member : detail) data[member.key()] = member.value();
  append("stage", json::serialize(data));
}

void LiveEvents::node(const graph::Node& node) {
  append("node", json::serialize(graph::to_json(node)));
}

void LiveEvents::edge(const graph::Edge& edge) {
  append("edge", json::serialize(graph::to_json(edge)));
}

void LiveEvents::warning(const graph::Warning& warning) {
  append("warning", json::serialize(graph::to_json(warning)));
}

std::shared_ptr<void> LiveEvents::on_gone(std::function<void()> action) {
  if (presence_ == nullptr) return nullptr;
  return std::make_shared<http::ClientPresence::Subscription>(
      presence_->on_gone(std::move(action)));
}

void LiveEvents::finish(std::string_view event, std::string_view data) {
  append(event, data);
  {
    const std::scoped_lock lock(mutex_);
    is_finished_ = true;
  }
  wake();
}

void LiveEvents::append(std::string_view event, std::string_view data) {
  bool is_overrun = false;
  {
    const std::scoped_lock lock(mutex_);
    if (is_finished_) return;
    is_overrun = waiting_.size() + data.size() > kMaxWaitingBytes;
    if (!is_overrun) waiting_ += http::format_event(++last_id_, event, data);
  }
  if (is_overrun && presence_) {
    boost::asio::post(executor_, [presence = presence_] { presence->mark_gone(); });
  }
  wake();
}

void LiveEvents::wake() {
  std::shared_ptr<core::Waiter> reader;
  {
    const std::scoped_lock lock(mutex_);
    reader.swap(reader_);
  }
  if (reader) reader->resume();
}

boost::asio::awaitable<std::string> LiveEvents::next(std::chrono::milliseconds patience) {
  const auto self = shared_from_this();
  boost::asio::steady_timer timer(executor_, patience);
  timer.async_wait([weak = weak_from_this()](const boost::system::error_code& error) {
    const auto alive = weak.lock();
    if (!error && alive) alive->wake();
  });
  auto sleeping = core::suspend([self](std::shared_ptr<core::Waiter> waiter) {
    {
      const std::scoped_lock lock(self->mutex_);
      if (self->waiting_.empty() && !self->is_finished_) {
        self->reader_ = std::move(waiter);
        return;
      }
    }
    waiter->resume();
  });
  co_await std::move(sleeping);
  const std::scoped_lock lock(mutex_);
  co_return std::exchange(waiting_, {});
}

std::uint64_t LiveEvents::event_count() const {
  const std::scoped_lock lock(mutex_);
  return last_id_;
}

bool LiveEvents::is_over() const {
  const std::scoped_lock lock(mutex_);
  return is_finished_ && waiting_.empty();
}

}  // namespace graphrail::api
