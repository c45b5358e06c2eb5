// The answering half of a connection: handler, response framing, streams, refusals.
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>
#include <utility>

#include "http/compression.h"
#include "http/connection.h"
#include "http/middlewares.h"
#include "http/problem.h"
#include "http/response_writer.h"
#include "http/status.h"
#include "http/worker.h"
#include "observe/log.h"
#include "observe/request_id.h"

namespace graphrail::http {
namespace {

namespace asio = boost::asio;

/// Bodies up to this size are copied behind their head: cheaper than a second piece.
constexpr std::size_t kMaxCopiedBodyBytes = 16 * 1024;
/// A stream that writes from several coroutines at once may have this much unsent.
constexpr std::size_t kMaxUnsentStreamBytes = 1024 * 1024;
/// How long a client may go on sending after it was refused.
constexpr std::chrono::milliseconds kLingerTimeout{2000};
constexpr int kRetryAfterSeconds = 5;

class ConnectionStream final : public StreamWriter {
 public:
  explicit ConnectionStream(std::shared_ptr<Connection> connection)
      : connection_(std::move(connection)) {}

  asio::awaitable<bool> write(std::string chunk) override {
    if (is_closed()) co_return false;
    co_return co_await connection_->write_chunk(std::move(chunk));
  }
  [[nodiscard]] bool is_closed() const noexcept override {
    return is_ended_ || connection_->is_client_gone();
  }
  void end() noexcept { is_ended_ = true; }

 private:
  std::shared_ptr<Connection> connection_;
  bool is_ended_ = false;
};

}  // namespace

Response Connection::make_failure_response(std::exception_ptr thrown) {
  // The application's own barrier answers what its handlers throw; this is for what is outside it.
  std::string cause = "unknown";
  try {
    std::rethrow_exception(std::move(thrown));
  } catch (const std::exception& error) {
    cause = error.what();
  } catch (...) {  // Not a std::exception, so it has no text.
  }
  observe::log_error("handler failed", {{"cause", cause}, {"request_id", request_->request_id}});
  const Problem problem{
      .status = 500, .error = "internal_error", .detail = "Something went wrong on our side."};
  return make_problem_response(problem, request_->request_id);
}

bool Connection::begin_response(Response& response, bool keeps_alive) {
  compress_response(*request_, response, options().gzip_minimum_bytes);
  const bool has_body = request_->method != Method::kHead && !is_bodiless_status(response.status);
  const bool is_stream = has_body && response.stream;
  // A stream to HTTP/1.0 has no other end than the connection's.
  const bool stays_open = keeps_alive && !(is_stream && parser_->is_http_1_0());
  append_response_head(output_.text(), response,
                       {.keeps_alive = stays_open,
                        .is_http_1_0 = parser_->is_http_1_0(),
                        .date_line = worker_.date_line()});
  if (!has_body) {
    response = Response();
  } else if (is_stream || response.body_view().size() > kMaxCopiedBodyBytes) {
    return false;
  } else {
    output_.text() += response.body_view();
    response = Response();
  }
  return stays_open;
}

asio::awaitable<bool> Connection::send_slowly(Response response, bool keeps_alive) {
  bool goes_on = true;
  if (response.stream) {
    is_streaming_chunked_ = !parser_->is_http_1_0();
    keeps_alive = keeps_alive && is_streaming_chunked_;
    goes_on = co_await send_stream(std::move(response.stream));
  } else if (!response.body_view().empty()) {
    output_.add_tail(response.body_view());
  }
  if (!goes_on) co_return false;
  // The body lies in this coroutine's frame, so it has to be out before the frame goes.
  const bool is_sent = co_await flush();
  if (!is_sent) co_return false;
  if (!keeps_alive) co_await linger();
  co_return keeps_alive;
}

asio::awaitable<bool> Connection::send_stream(StreamProducer producer) {
  enter_without_deadline(Phase::kStreaming);
  const auto stream = std::make_shared<ConnectionStream>(shared_from_this());
  bool is_whole = co_await flush();
  std::exception_ptr thrown;
  try {
    co_await producer(stream);
  } catch (...) {
    thrown = std::current_exception();
  }
  stream->end();
  producer = nullptr;
  if (thrown) {
    // The head is out: cutting the connection is the only way to say that the body is not whole.
    observe::log_error("stream failed", {{"request_id", request_->request_id}});
    co_return false;
  }
  is_whole = is_whole && !is_client_gone();
  if (is_whole && is_streaming_chunked_) output_.text() += kFinalChunk;
  co_return is_whole;
}

asio::awaitable<bool> Connection::write_chunk(std::string chunk) {
  if (output_.size() > kMaxUnsentStreamBytes) co_return false;
  if (is_streaming_chunked_) {
    append_chunk(output_.text(), chunk);
  } else {
    output_.text() += chunk;
  }
  // A second writer finds the first one waiting for the socket, which sends both.
  if (phase_ == Phase::kWriting) co_return true;
  const bool is_sent = co_await flush();
  if (!is_sent) presence_->mark_gone();
  co_return is_sent;
}

asio::awaitable<void> Connection::refuse(RequestFailure failure) {
  const std::string_view offered =
      request_ ? request_->headers.get("X-Request-Id") : std::string_view();
  const std::string id = observe::accept_or_make_request_id(offered, *worker_.context().random);
  Problem problem{.status = failure.status,
                  .error = std::string(failure.error),
                  .detail = std::string(failure.detail)};
  if (failure.status == 503) problem.retry_after_seconds = kRetryAfterSeconds;
  Response response = make_problem_response(problem, id);
  response.headers.add("X-Request-Id", id);
  response.headers.share(security_headers());
  append_response_head(output_.text(), response,
                       {.keeps_alive = false, .date_line = worker_.date_line()});
  output_.text() += response.body;
  const Method method = request_ ? request_->method : Method::kOther;
  worker_.context().request_metrics.count_refused(method, failure.status);
  observe::log_info("request refused", {{"request_id", id},
                                        {"status", failure.status},
                                        {"error", failure.error},
                                        {"peer", peer_.to_string()}});
  const bool is_sent = co_await flush();
  if (is_sent) co_await linger();
}

asio::awaitable<void> Connection::linger() {
  boost::system::error_code code;
  socket_.shutdown(Socket::shutdown_send, code);
  enter(Phase::kLingering, kLingerTimeout);
  input_.consume(input_.data().size());
  while (!code) {
    const std::span<char> room = input_.prepare();
    co_await socket_.async_read_some(asio::buffer(room.data(), room.size()),
                                     asio::redirect_error(asio::use_awaitable, code));
  }
}

}  // namespace graphrail::http
