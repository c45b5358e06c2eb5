// One client connection: reads requests, calls the handler, writes answers in order. Lives on one
// worker's thread and is touched by no other; the coroutine's completion handler holds the
// reference that keeps it alive. Nothing here sets a timer: each phase has a deadline that the
// worker's sweep looks at.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/intrusive/list_hook.hpp>
#include <chrono>
#include <cstdint>
#include <exception>
#include <memory>
#include <optional>

#include "http/client_presence.h"
#include "http/descriptor.h"
#include "http/message.h"
#include "http/output_buffer.h"
#include "http/read_buffer.h"
#include "http/request_parser.h"
#include "http/server_context.h"

namespace graphrail::http {

class Worker;

class Connection final : public std::enable_shared_from_this<Connection>,
                         public boost::intrusive::list_base_hook<> {
 public:
  /// Has the same executor type as awaitables, else Asio would dispatch each completion anew.
  using Socket = boost::asio::ip::tcp::socket;
  using Time = std::chrono::steady_clock::time_point;

  /// What the connection is doing, in the order of a request's life.
  enum class Phase : std::uint8_t {
    kIdle,
    kReadingHead,
    kReadingBody,
    kHandling,
    kStreaming,
    kWriting,
    kLingering,
  };

  Connection(Worker& worker, Socket socket, boost::asio::ip::address peer);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  /// Serves requests until the connection ends.
  boost::asio::awaitable<void> run();
  /// Answers `failure` without reading a request, then closes: for connections above the limit.
  boost::asio::awaitable<void> run_refusal(RequestFailure failure);

  /// Ends the phase if its deadline has passed: answers 408 while a request is being read, closes
  /// otherwise.
  void enforce_deadline(Time now);
  /// True while a handler or a stream works for the client: then the client's leaving matters.
  [[nodiscard]] bool is_watched() const noexcept {
    return phase_ == Phase::kHandling || phase_ == Phase::kStreaming || phase_ == Phase::kWriting;
  }
  [[nodiscard]] bool is_idle() const noexcept { return phase_ == Phase::kIdle; }
  [[nodiscard]] int native_handle() noexcept { return socket_.native_handle(); }
  void mark_client_gone() { presence_->mark_gone(); }
  [[nodiscard]] bool is_client_gone() const noexcept { return presence_->is_gone(); }

  /// First phase of the stop: an idle connection closes, a busy one ends after its answer.
  void close_if_idle();
  /// Second phase: everything in progress is cancelled.
  void cancel();
  [[nodiscard]] boost::asio::cancellation_slot cancellation_slot() noexcept {
    return cancellation_.slot();
  }

  /// For streamed bodies: appends a piece of the body and sends it; false once that is pointless.
  boost::asio::awaitable<bool> write_chunk(std::string chunk);

 private:
  boost::asio::awaitable<void> serve();
  /// Reads more of the current request; false when the connection is at its end.
  boost::asio::awaitable<bool> receive();
  /// Answers the request that has been read; false when the connection ends with it.
  boost::asio::awaitable<bool> answer();
  /// Sends what answer() does not do itself: streams, large bodies, the last answer.
  boost::asio::awaitable<bool> send_slowly(Response response, bool keeps_alive);
  boost::asio::awaitable<bool> send_stream(StreamProducer producer);
  boost::asio::awaitable<void> refuse(RequestFailure failure);
  /// Sends everything in the output buffer; false when the client does not take it.
  boost::asio::awaitable<bool> flush();
  /// Reads and drops what the client still sends, so that it gets to see the last answer.
  boost::asio::awaitable<void> linger();

  void parse();
  Response make_failure_response(std::exception_ptr thrown);
  /// Puts the head into the output buffer, with the body when it is small; true when that is the
  /// whole answer.
  bool begin_response(Response& response, bool keeps_alive);
  void finish_request();
  void enter(Phase phase, std::chrono::milliseconds timeout) noexcept;
  void enter_without_deadline(Phase phase) noexcept;
  void enter_reading_phase();
  void flush_when_suspended();
  /// Sends what the socket takes without waiting; false when the connection is broken.
  bool send_some();
  /// Makes close() reset the connection instead of sending the rest in the background.
  void forget_unsent() noexcept;
  void close() noexcept;
  [[nodiscard]] const ServerOptions& options() const noexcept;

  Worker& worker_;
  Socket socket_;
  const boost::asio::ip::address peer_;
  const std::shared_ptr<ClientPresence> presence_;
  boost::asio::cancellation_signal cancellation_;
  Phase phase_ = Phase::kIdle;
  bool is_timed_out_ = false;
  bool is_continue_sent_ = false;
  bool is_early_flush_posted_ = false;
  bool is_streaming_chunked_ = false;
  Time deadline_;
  std::shared_ptr<Request> request_;
  std::optional<RequestParser> parser_;
  OutputBuffer output_;
  ReadBuffer input_;
};

}  // namespace graphrail::http
