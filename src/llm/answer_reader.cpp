#include "llm/answer_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "llm/retry_policy.h"
#include "net/media_type.h"

namespace graphrail::llm {
namespace {

using net::BodyWish;

constexpr std::size_t kMaxErrorBytes = 64 * 1024;
constexpr std::size_t kMaxRefusalBytes = 500;
/// What JSON may add to an answer: names, escapes, the usage.
constexpr std::size_t kEnvelopeBytes = 64 * 1024;

std::optional<std::chrono::milliseconds> hint_of(const net::ResponseHead& head,
                                                 std::chrono::system_clock::time_point now) {
  const auto field = [&head](std::string_view name) {
    return head.find(name).value_or(std::string_view());
  };
  RetryHeaders headers{field("retry-after-ms"), field("retry-after"), {}, {}};
  // These come with every response; only where the limit was hit do they say when to come back.
  if (head.status == 429) {
    headers.reset_requests = field("x-ratelimit-reset-requests");
    headers.reset_tokens = field("x-ratelimit-reset-tokens");
  }
  return read_retry_hint(headers, now);
}

bool is_html(const net::ResponseHead& head) {
  const auto declared = head.find("content-type");
  if (!declared) return false;
  const auto type = net::parse_media_type(*declared);
  return type && (type->essence == "text/html" || type->essence == "application/xhtml+xml");
}

}  // namespace

AnswerReader::AnswerReader(std::shared_ptr<ChatSink> sink, std::uint64_t max_answer_bytes,
                           std::shared_ptr<const core::Secret> key)
    : sink_(std::move(sink)), max_answer_bytes_(max_answer_bytes), key_(std::move(key)) {}

void AnswerReader::start(const net::ResponseHead& head) {
  head_ = head;
  if (head.status < 200 || head.status > 299) {
    form_ = Form::kErrorBody;
    end_.answered = head.status < 500;
  } else if (is_html(head)) {
    fail(LlmError::kMalformedAnswer, "the answer is an HTML page");
  }
}

BodyWish AnswerReader::feed(std::string_view bytes) {
  end_.answered = head_.status < 500;
  if (failure_ || satisfied_) return BodyWish::kStop;
  if (form_ == Form::kUnknown) detect_form(bytes);
  if (failure_) return BodyWish::kStop;
  switch (form_) {
    case Form::kEvents:
      return feed_events(bytes);
    case Form::kWhole:
    case Form::kErrorBody:
      return collect(bytes);
    case Form::kUnknown:
      break;
  }
  return BodyWish::kMore;
}

// By the first visible byte: content types are wrong too often, and no event line begins like this.
void AnswerReader::detect_form(std::string_view bytes) {
  const std::size_t first = bytes.find_first_not_of(" \t\r\n");
  if (first == bytes.npos) return;
  switch (bytes[first]) {
    case '{':
      form_ = Form::kWhole;
      break;
    case '<':
      fail(LlmError::kMalformedAnswer, "the answer is a page of markup");
      break;
    default:
      form_ = Form::kEvents;
  }
}

BodyWish AnswerReader::feed_events(std::string_view bytes) {
  const bool fits = parser_.feed(bytes, [this](std::string_view data) { take_event(data); });
  if (!fits) fail(LlmError::kAnswerTooLarge, "an event is larger than the limit");
  if (failure_ || satisfied_) return BodyWish::kStop;
  return done_ ? BodyWish::kDrain : BodyWish::kMore;
}

BodyWish AnswerReader::collect(std::string_view bytes) {
  if (form_ == Form::kErrorBody) {
    body_.append(bytes.substr(0, kMaxErrorBytes - body_.size()));
    return body_.size() < kMaxErrorBytes ? BodyWish::kMore : BodyWish::kStop;
  }
  if (body_.size() + bytes.size() > max_answer_bytes_ + kEnvelopeBytes) {
    fail(LlmError::kAnswerTooLarge, "the answer is larger than the limit");
    return BodyWish::kStop;
  }
  body_.append(bytes);
  return BodyWish::kMore;
}

void AnswerReader::take_event(std::string_view data) {
  if (is_over()) return;
  if (data == "[DONE]") {
    done_ = true;
    return;
  }
  take_payload(data);
}

void AnswerReader::take_payload(std::string_view json) {
  saw_payload_ = true;
  const auto delta = read_chat_payload(json);
  if (delta) return take(*delta);
  // Read again without the key, because the message is cut short, perhaps in the middle of it.
  const auto again = read_chat_payload(redact(std::string(json), key_.get()));
  const core::Error& error = again ? delta.error() : again.error();
  fail(kind_of(error), error.private_cause());
}

void AnswerReader::take(const ChatDelta& delta) {
  if (delta.usage) end_.usage = delta.usage;
  if (!delta.model.empty()) end_.model = delta.model;
  if (delta.finish != FinishReason::kNone) end_.finish = delta.finish;
  refusal_.append(delta.refusal, 0, kMaxRefusalBytes - refusal_.size());
  if (delta.content.empty()) return;
  if (end_.content_bytes + delta.content.size() > max_answer_bytes_) {
    return fail(LlmError::kAnswerTooLarge, "the answer is larger than the limit");
  }
  end_.content_bytes += delta.content.size();
  satisfied_ = !sink_->content(delta.content);
}

void AnswerReader::fail(LlmError error, std::string cause) {
  if (failure_) return;
  failure_.emplace();
  failure_->error = error;
  failure_->cause = redact(std::move(cause), key_.get());
}

RequestEnd AnswerReader::conclude(std::optional<CallFailure> transport,
                                  std::chrono::system_clock::time_point now) {
  if (form_ == Form::kErrorBody) {
    judge_rejection(now);
  } else {
    if (form_ == Form::kWhole && !failure_ && !transport) take_payload(body_);
    judge_answer(std::move(transport));
  }
  end_.failure = std::move(failure_);
  return std::move(end_);
}

void AnswerReader::judge_rejection(std::chrono::system_clock::time_point now) {
  std::string text = redact(std::move(body_), key_.get());
  ServerRejection rejection = classify_rejection(head_.status, text);
  core::wipe(text);
  const std::string status = fmt::format("status {}: ", head_.status);
  fail(rejection.error, status + rejection.message);
  failure_->parameter = std::move(rejection.parameter);
  failure_->hint = hint_of(head_, now);
}

// In order: what ends a call whatever else came, then whether the answer is whole, then whether it
// is one.
void AnswerReader::judge_answer(std::optional<CallFailure> transport) {
  if (failure_ || satisfied_) return;
  const bool has_content = end_.content_bytes > 0;
  if (!refusal_.empty()) return fail(LlmError::kRefused, refusal_);
  if (end_.finish == FinishReason::kContentFilter && !has_content) {
    return fail(LlmError::kContentFiltered, "the answer was filtered");
  }
  const bool is_whole = done_ || (form_ == Form::kWhole && !transport);
  if (end_.finish == FinishReason::kNone && !is_whole) {
    if (transport) {
      failure_ = std::move(transport);
      return;
    }
    if (saw_payload_ || form_ == Form::kUnknown) {
      return fail(LlmError::kUnavailable, "the stream ended early");
    }
    return fail(LlmError::kMalformedAnswer, "the answer holds no event");
  }
  // Some servers end a whole answer without a reason.
  if (end_.finish == FinishReason::kNone) end_.finish = FinishReason::kStop;
  if (!has_content && end_.finish != FinishReason::kLength) {
    return fail(LlmError::kMalformedAnswer, "the answer is empty");
  }
}

}  // namespace graphrail::llm
