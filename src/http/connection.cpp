#include "http/connection.h"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>
#include <utility>

#include "http/worker.h"
#include "observe/log.h"

namespace graphrail::http {
namespace {

namespace asio = boost::asio;

/// Pipelined answers are gathered up to this many bytes before they are sent.
constexpr std::size_t kMaxGatheredBytes = 64 * 1024;
/// More than the parser ever leaves unparsed of a body, so there is always room to read into.
constexpr std::size_t kSmallestBlockBytes = 8 * 1024;
constexpr Connection::Time kNever = Connection::Time::max();

constexpr RequestFailure kTooSlow{408, "request_timeout", "The request did not arrive in time."};

}  // namespace

Connection::Connection(Worker& worker, Socket socket, asio::ip::address peer)
    : worker_(worker),
      socket_(std::move(socket)),
      peer_(std::move(peer)),
      presence_(std::make_shared<ClientPresence>()),
      deadline_(kNever),
      input_(std::max(worker.context().options.header_limit_bytes, kSmallestBlockBytes)) {
  worker_.link(*this);
}

Connection::~Connection() { worker_.unlink(*this); }

const ServerOptions& Connection::options() const noexcept { return worker_.context().options; }

asio::awaitable<void> Connection::run() {
  try {
    co_await serve();
  } catch (const std::exception& error) {
    // Cancelled by the stop, or a broken invariant: either way this connection is over.
    observe::log_debug("connection ended", {{"cause", error.what()}});
  }
  presence_->mark_gone();
  close();
}

asio::awaitable<void> Connection::run_refusal(RequestFailure failure) {
  co_await refuse(failure);
  close();
}

asio::awaitable<void> Connection::serve() {
  for (;;) {
    parse();
    if (parser_ && parser_->failure()) {
      co_await refuse(*parser_->failure());
      co_return;
    }
    if (parser_ && parser_->is_complete()) {
      const bool goes_on = co_await answer();
      if (!goes_on) co_return;
    } else {
      const bool goes_on = co_await receive();
      if (is_timed_out_ && goes_on) co_await refuse(kTooSlow);
      if (!goes_on || is_timed_out_) co_return;
    }
  }
}

void Connection::parse() {
  if (input_.empty()) return;
  if (!parser_) {
    request_ = worker_.take_request();
    parser_.emplace(ParserLimits{.head_bytes = options().header_limit_bytes,
                                 .body_bytes = options().body_limit_bytes,
                                 .secret_fields = options().secret_fields},
                    *request_);
  }
  input_.consume(parser_->feed(input_.data()));
}

asio::awaitable<bool> Connection::receive() {
  if (parser_ && parser_->expects_continue() && parser_->is_head_complete() && !is_continue_sent_) {
    is_continue_sent_ = true;
    if (input_.empty()) output_.text() += "HTTP/1.1 100 Continue\r\n\r\n";
  }
  if (!output_.empty()) {
    const bool is_flushed = co_await flush();
    if (!is_flushed) co_return false;
  }
  enter_reading_phase();
  if (phase_ == Phase::kIdle) {
    if (worker_.is_stopping()) co_return false;
    input_.release_if_empty();
    output_.release_if_empty();
  }
  const std::span<char> room = input_.prepare();
  boost::system::error_code code;
  const std::size_t count = co_await socket_.async_read_some(
      asio::buffer(room.data(), room.size()), asio::redirect_error(asio::use_awaitable, code));
  input_.commit(count);
  co_return !code || is_timed_out_;
}

void Connection::enter_reading_phase() {
  // A phase entered before keeps its deadline: sending a byte now and then buys no time.
  if (!parser_ || !parser_->has_begun()) {
    if (phase_ != Phase::kIdle || deadline_ == kNever) enter(Phase::kIdle, options().idle_timeout);
  } else if (!parser_->is_head_complete()) {
    if (phase_ != Phase::kReadingHead) enter(Phase::kReadingHead, options().header_timeout);
  } else if (phase_ != Phase::kReadingBody) {
    enter(Phase::kReadingBody, options().body_timeout);
  }
}

asio::awaitable<bool> Connection::answer() {
  enter_without_deadline(Phase::kHandling);
  if (!output_.empty()) flush_when_suspended();
  request_->peer = peer_;
  request_->client = presence_;
  Response response;
  std::exception_ptr thrown;
  try {
    response = co_await worker_.context().handler(request_);
  } catch (...) {
    thrown = std::current_exception();
  }
  if (thrown) response = make_failure_response(thrown);
  const bool keeps_alive = parser_->keeps_alive() && !worker_.is_stopping();
  bool goes_on = true;
  if (!begin_response(response, keeps_alive)) {
    goes_on = co_await send_slowly(std::move(response), keeps_alive);
  }
  finish_request();
  const bool is_flush_due = input_.empty() || output_.size() >= kMaxGatheredBytes;
  if (!goes_on || !is_flush_due) co_return goes_on;
  if (!send_some()) co_return false;
  if (output_.empty()) co_return true;
  co_return co_await flush();
}

void Connection::finish_request() {
  parser_.reset();
  request_->client.reset();
  worker_.give_back(std::move(request_));
  is_continue_sent_ = false;
}

void Connection::flush_when_suspended() {
  // Runs once the handler waits for something: earlier answers must not wait with it.
  if (std::exchange(is_early_flush_posted_, true)) return;
  asio::post(socket_.get_executor(), [self = shared_from_this()] {
    self->is_early_flush_posted_ = false;
    if (self->phase_ == Phase::kHandling && self->socket_.is_open()) (void)self->send_some();
  });
}

bool Connection::send_some() {
  while (!output_.empty()) {
    const auto pieces = output_.pieces();
    boost::system::error_code code;
    const std::size_t sent = output_.has_tail() ? socket_.write_some(pieces, code)
                                                : socket_.write_some(pieces.front(), code);
    output_.consume(sent);
    if (code) return code == asio::error::would_block || code == asio::error::try_again;
  }
  return true;
}

asio::awaitable<bool> Connection::flush() {
  if (!send_some()) co_return false;
  if (output_.empty()) co_return true;
  const Phase phase_before = phase_;
  // Progress means a good piece, not a byte: whoever reads drop by drop is cut off.
  constexpr std::size_t kProgressBytes = 64 * 1024;
  std::size_t left_at_deadline = output_.size();
  enter(Phase::kWriting, options().write_timeout);
  while (!output_.empty()) {
    boost::system::error_code code;
    co_await socket_.async_wait(Socket::wait_write,
                                asio::redirect_error(asio::use_awaitable, code));
    if (code || !send_some()) co_return false;
    if (output_.size() + kProgressBytes <= left_at_deadline) {
      left_at_deadline = output_.size();
      enter(Phase::kWriting, options().write_timeout);
    }
  }
  enter_without_deadline(phase_before);
  co_return true;
}

void Connection::enter(Phase phase, std::chrono::milliseconds timeout) noexcept {
  phase_ = phase;
  deadline_ = worker_.now() + timeout;
}

void Connection::enter_without_deadline(Phase phase) noexcept {
  phase_ = phase;
  deadline_ = kNever;
}

void Connection::enforce_deadline(Time now) {
  if (now < deadline_) return;
  deadline_ = kNever;
  if (phase_ == Phase::kReadingHead || phase_ == Phase::kReadingBody) {
    is_timed_out_ = true;
    boost::system::error_code ignored;
    socket_.cancel(ignored);
  } else {
    if (phase_ == Phase::kWriting) forget_unsent();
    close();
  }
}

void Connection::forget_unsent() noexcept {
  // Without this the kernel would keep megabytes for a client that does not take them.
  boost::system::error_code ignored;
  socket_.set_option(asio::socket_base::linger(true, 0), ignored);
}

void Connection::close_if_idle() {
  if (phase_ == Phase::kIdle) close();
}

void Connection::cancel() {
  presence_->dismiss();
  close();
  cancellation_.emit(asio::cancellation_type::terminal);
}

void Connection::close() noexcept {
  boost::system::error_code ignored;
  socket_.close(ignored);
}

}  // namespace graphrail::http
