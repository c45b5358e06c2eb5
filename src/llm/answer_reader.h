// Reads one response of a model server, sans I/O: a stream of events, a whole JSON answer to a
// request for a stream, an error body, or something that is no answer at all. Content goes to the
// sink as it comes.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/secret.h"
#include "llm/call_error.h"
#include "llm/chat.h"
#include "llm/chat_client.h"
#include "llm/event_parser.h"
#include "net/http_client.h"

namespace graphrail::llm {

/// How one request ended.
struct RequestEnd {
  /// Nothing when the answer is whole, was cut at its length, or the sink had enough.
  std::optional<CallFailure> failure;
  FinishReason finish = FinishReason::kNone;
  std::optional<TokenUsage> usage;
  /// As the server names it; may be empty.
  std::string model;
  /// Bytes of content that the sink received.
  std::uint64_t content_bytes = 0;
  /// The server is alive: it said something below 500, and more than a bare 200.
  bool answered = false;
};

class AnswerReader {
 public:
  /// `key` is only for removing it from what the server says; may be null.
  AnswerReader(std::shared_ptr<ChatSink> sink, std::uint64_t max_answer_bytes,
               std::shared_ptr<const core::Secret> key);
  ~AnswerReader() { core::wipe(body_); }
  AnswerReader(const AnswerReader&) = delete;
  AnswerReader& operator=(const AnswerReader&) = delete;

  void start(const net::ResponseHead& head);
  [[nodiscard]] net::BodyWish feed(std::string_view bytes);

  /// As RequestEnd::answered, so far.
  [[nodiscard]] bool answered() const noexcept { return end_.answered; }

  /// Judges the whole once nothing more comes. `transport` is why, when the response did not come
  /// to its own end; `now` reads dates in retry hints.
  [[nodiscard]] RequestEnd conclude(std::optional<CallFailure> transport,
                                    std::chrono::system_clock::time_point now);

 private:
  enum class Form : std::uint8_t { kUnknown, kEvents, kWhole, kErrorBody };

  net::BodyWish feed_events(std::string_view bytes);
  net::BodyWish collect(std::string_view bytes);
  void detect_form(std::string_view bytes);
  void take_event(std::string_view data);
  void take_payload(std::string_view json);
  void take(const ChatDelta& delta);
  void fail(LlmError error, std::string cause);
  [[nodiscard]] bool is_over() const noexcept { return failure_ || satisfied_ || done_; }
  void judge_rejection(std::chrono::system_clock::time_point now);
  void judge_answer(std::optional<CallFailure> transport);

  std::shared_ptr<ChatSink> sink_;
  std::uint64_t max_answer_bytes_;
  std::shared_ptr<const core::Secret> key_;
  net::ResponseHead head_;
  Form form_ = Form::kUnknown;
  EventParser parser_;
  std::string body_;
  std::string refusal_;
  std::optional<CallFailure> failure_;
  RequestEnd end_;
  bool saw_payload_ = false;
  bool satisfied_ = false;
  bool done_ = false;
};

}  // namespace graphrail::llm
