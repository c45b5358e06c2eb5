#include "net/curl_multi.h"

#include <unistd.h>

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>
#include <new>
#include <utility>

#include "net/curl_memory.h"

namespace graphrail::net {
namespace asio = boost::asio;

/// One socket of libcurl's. The descriptor borrows the socket: it is released, never closed here.
struct CurlMulti::Watch {
  Watch(const Strand& strand, curl_socket_t socket) : descriptor(strand, socket), socket(socket) {}
  asio::posix::stream_descriptor descriptor;
  curl_socket_t socket;
  int wanted = 0;
  bool waiting_in = false;
  bool waiting_out = false;
  bool forgotten = false;
};

struct CurlMulti::Running {
  explicit Running(const Strand& strand) : done(strand) {}
  asio::steady_timer done;
  std::optional<CURLcode> code;
};

/// Takes a handle out of the multi handle when its coroutine ends, however it ends.
class CurlMulti::Removal {
 public:
  Removal(std::shared_ptr<CurlMulti> owner, CURL* easy) : owner_(std::move(owner)), easy_(easy) {}
  Removal(const Removal&) = delete;
  Removal& operator=(const Removal&) = delete;
  ~Removal() {
    owner_->running_.erase(easy_);
    curl_multi_remove_handle(owner_->multi_, easy_);
    // Nothing is left to wait for, so no io_context shall go on running for it.
    if (owner_->running_.empty() && owner_->due_ == TimePoint::max()) {
      owner_->timer_.cancel();
      owner_->armed_ = TimePoint::max();
    }
  }

 private:
  std::shared_ptr<CurlMulti> owner_;
  CURL* easy_;
};

std::shared_ptr<CurlMulti> CurlMulti::create(const asio::any_io_executor& executor,
                                             std::size_t kept_connections) {
  initialize_curl();
  return std::shared_ptr<CurlMulti>(new CurlMulti(executor, kept_connections));
}

CurlMulti::CurlMulti(const asio::any_io_executor& executor, std::size_t kept_connections)
    : strand_(asio::make_strand(executor)), multi_(curl_multi_init()), timer_(strand_) {
  if (multi_ == nullptr) throw std::bad_alloc();
  curl_multi_setopt(multi_, CURLMOPT_SOCKETFUNCTION, &CurlMulti::on_socket);
  curl_multi_setopt(multi_, CURLMOPT_SOCKETDATA, this);
  curl_multi_setopt(multi_, CURLMOPT_TIMERFUNCTION, &CurlMulti::on_timer);
  curl_multi_setopt(multi_, CURLMOPT_TIMERDATA, this);
  curl_multi_setopt(multi_, CURLMOPT_PIPELINING, long{CURLPIPE_NOTHING});
  // To libcurl 0 means "as many as four per transfer"; users that keep none forbid reuse as well.
  curl_multi_setopt(multi_, CURLMOPT_MAXCONNECTS,
                    static_cast<long>(std::max<std::size_t>(kept_connections, 1)));
}

CurlMulti::~CurlMulti() {
  curl_multi_cleanup(multi_);
  for (const auto& [socket, watch] : watches_) watch->descriptor.release();
}

asio::awaitable<CURLcode> CurlMulti::perform(CURL* easy, TimePoint deadline) {
  const auto self = shared_from_this();
  Running running(strand_);
  running.done.expires_at(deadline);
  running_.emplace(easy, &running);
  curl_easy_setopt(easy, CURLOPT_SOCKOPTFUNCTION, &CurlMulti::on_opened);
  curl_easy_setopt(easy, CURLOPT_SOCKOPTDATA, this);
  curl_easy_setopt(easy, CURLOPT_CLOSESOCKETFUNCTION, &CurlMulti::on_close);
  curl_easy_setopt(easy, CURLOPT_CLOSESOCKETDATA, this);
  curl_multi_add_handle(multi_, easy);
  const Removal removal(self, easy);
  const auto token = asio::as_tuple(asio::use_awaitable);
  const auto [error] = co_await running.done.async_wait(token);
  if (running.code) co_return *running.code;
  if (!error) co_return CURLE_OPERATION_TIMEDOUT;
  throw boost::system::system_error(asio::error::operation_aborted);
}

void CurlMulti::stop(CURL* easy, CURLcode code) {
  const auto found = running_.find(easy);
  if (found == running_.end() || found->second->code) return;
  found->second->code = code;
  found->second->done.cancel();
}

int CurlMulti::on_socket(CURL*, curl_socket_t socket, int what, void* self, void*) {
  auto* multi = static_cast<CurlMulti*>(self);
  if (what == CURL_POLL_REMOVE) {
    multi->rest_socket(socket);
  } else {
    multi->watch_socket(socket, what);
  }
  return 0;
}

int CurlMulti::on_opened(void* self, curl_socket_t socket, curlsocktype) {
  static_cast<CurlMulti*>(self)->opened_.insert(socket);
  return CURL_SOCKOPT_OK;
}

int CurlMulti::on_close(void* self, curl_socket_t socket) {
  auto* multi = static_cast<CurlMulti*>(self);
  multi->opened_.erase(socket);
  multi->forget_socket(socket);
  return ::close(socket);
}

int CurlMulti::on_timer(CURLM*, long timeout_ms, void* self) {
  auto* multi = static_cast<CurlMulti*>(self);
  multi->due_ = TimePoint::max();
  if (timeout_ms < 0) return 0;
  multi->due_ = std::chrono::steady_clock::now() + std::chrono::milliseconds(timeout_ms);
  if (timeout_ms > 0) {
    multi->ring_later();
  } else if (!std::exchange(multi->is_ring_posted_, true)) {
    // At once, but not from inside libcurl; a timer would cost system calls.
    asio::post(multi->strand_, [weak = multi->weak_from_this()] {
      const auto alive = weak.lock();
      if (!alive) return;
      alive->is_ring_posted_ = false;
      alive->ring();
    });
  }
  return 0;
}

void CurlMulti::ring_later() {
  if (due_ >= armed_) return;
  armed_ = due_;
  timer_.expires_at(due_);
  timer_.async_wait([weak = weak_from_this()](const boost::system::error_code& error) {
    const auto alive = weak.lock();
    if (error || !alive) return;
    alive->armed_ = TimePoint::max();
    alive->ring();
  });
}

void CurlMulti::ring() {
  if (due_ == TimePoint::max()) return;
  if (std::chrono::steady_clock::now() < due_) return ring_later();
  due_ = TimePoint::max();
  act(CURL_SOCKET_TIMEOUT, 0);
}

void CurlMulti::watch_socket(curl_socket_t socket, int what) {
  auto& watch = watches_[socket];
  if (!watch) watch = std::make_shared<Watch>(strand_, socket);
  watch->wanted = what;
  const auto held = watch;
  if (what & CURL_POLL_IN) arm(held, CURL_POLL_IN);
  if (what & CURL_POLL_OUT) arm(held, CURL_POLL_OUT);
}

void CurlMulti::arm(const std::shared_ptr<Watch>& watch, int direction) {
  const bool reading = direction == CURL_POLL_IN;
  bool& waiting = reading ? watch->waiting_in : watch->waiting_out;
  if (waiting || watch->forgotten || !(watch->wanted & direction)) return;
  waiting = true;
  const auto kind = reading ? asio::posix::stream_descriptor::wait_read
                            : asio::posix::stream_descriptor::wait_write;
  watch->descriptor.async_wait(
      kind, [weak = weak_from_this(), watch, direction](const boost::system::error_code& error) {
        const bool in = direction == CURL_POLL_IN;
        (in ? watch->waiting_in : watch->waiting_out) = false;
        const auto alive = weak.lock();
        if (!alive || watch->forgotten || !(watch->wanted & direction)) return;
        // The wait was of the transfer before, the wish is of the next.
        if (error == asio::error::operation_aborted) return alive->arm(watch, direction);
        const int event = in ? CURL_CSELECT_IN : CURL_CSELECT_OUT;
        alive->act(watch->socket, error ? CURL_CSELECT_ERR : event);
        if (!error) alive->arm(watch, direction);
      });
}

// A kept connection comes back with its next transfer: only its end takes it out of the reactor.
void CurlMulti::rest_socket(curl_socket_t socket) {
  if (!opened_.contains(socket)) return forget_socket(socket);
  const auto found = watches_.find(socket);
  if (found == watches_.end()) return;
  Watch& watch = *found->second;
  watch.wanted = 0;
  if (watch.waiting_in || watch.waiting_out) watch.descriptor.cancel();
}

void CurlMulti::forget_socket(curl_socket_t socket) {
  const auto found = watches_.find(socket);
  if (found == watches_.end()) return;
  found->second->forgotten = true;
  found->second->descriptor.release();
  watches_.erase(found);
}

void CurlMulti::act(curl_socket_t socket, int event) {
  int still_running = 0;
  curl_multi_socket_action(multi_, socket, event, &still_running);
  collect_finished();
}

void CurlMulti::collect_finished() {
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(multi_, &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    const auto found = running_.find(message->easy_handle);
    if (found == running_.end()) continue;
    found->second->code = message->data.result;
    found->second->done.cancel();
  }
}

}  // namespace graphrail::net
