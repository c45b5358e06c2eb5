#include "net/curl_multi.h"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>
#include <new>

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
    multi->forget_socket(socket);
  } else {
    multi->watch_socket(socket, what);
  }
  return 0;
}

int CurlMulti::on_timer(CURLM*, long timeout_ms, void* self) {
  auto* multi = static_cast<CurlMulti*>(self);
  if (timeout_ms < 0) {
    multi->timer_.cancel();
    return 0;
  }
  multi->timer_.expires_after(std::chrono::milliseconds(timeout_ms));
  multi->timer_.async_wait(
      [weak = multi->weak_from_this()](const boost::system::error_code& error) {
        const auto alive = weak.lock();
        if (!error && alive) alive->act(CURL_SOCKET_TIMEOUT, 0);
      });
  return 0;
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
        if (!alive || watch->forgotten || error == asio::error::operation_aborted) return;
        if (!(watch->wanted & direction)) return;
        const int event = in ? CURL_CSELECT_IN : CURL_CSELECT_OUT;
        alive->act(watch->socket, error ? CURL_CSELECT_ERR : event);
        if (!error) alive->arm(watch, direction);
      });
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
