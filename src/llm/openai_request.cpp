#include "llm/openai_request.h"

#include <fmt/format.h>

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <utility>

#include "llm/json_lookup.h"
#include "observe/log.h"

namespace graphrail::llm {
namespace {

namespace asio = boost::asio;
namespace json = boost::json;

/// Events wrap a few bytes of content in hundreds; more than this is no answer.
constexpr std::uint64_t kWireBytesPerContentByte = 128;
constexpr std::uint64_t kMaxModelListBytes = 4 * 1024 * 1024;
constexpr std::size_t kMaxModels = 4'096;

class AnswerSink final : public net::HttpSink {
 public:
  AnswerSink(std::shared_ptr<OpenAiState> shared, std::shared_ptr<ChatSink> sink,
             std::shared_ptr<const core::Secret> key)
      : reader(std::move(sink), shared->options.max_answer_bytes, std::move(key)),
        state_(std::move(shared)) {}

  void on_head(const net::ResponseHead& head) override { reader.start(head); }
  net::BodyWish on_body(std::string_view bytes) override {
    const net::BodyWish wish = reader.feed(bytes);
    // Not only at the end: a probe lets the others in as soon as its answer begins.
    if (!told_ && reader.answered()) state_->note_answer();
    told_ = told_ || reader.answered();
    return wish;
  }

  AnswerReader reader;

 private:
  std::shared_ptr<OpenAiState> state_;
  bool told_ = false;
};

/// Gives an admission back when the request ends in an exception: the caller left.
class Admission {
 public:
  explicit Admission(std::shared_ptr<OpenAiState> state) : state_(std::move(state)) {}
  Admission(const Admission&) = delete;
  Admission& operator=(const Admission&) = delete;
  ~Admission() {
    if (state_) state_->breaker.note_nothing();
  }
  void answer(const RequestEnd& end) { std::exchange(state_, nullptr)->note_end(end); }

 private:
  std::shared_ptr<OpenAiState> state_;
};

bool is_outage(const RequestEnd& end) {
  if (!end.failure || end.answered) return false;
  return end.failure->error == LlmError::kUnavailable || end.failure->error == LlmError::kTimeout;
}

core::Result<std::vector<std::string>> read_models(const std::string& body) {
  boost::system::error_code failure;
  const json::value value = json::parse(body, failure);
  const json::object* root = failure ? nullptr : value.if_object();
  const json::value* data = root == nullptr ? nullptr : root->if_contains("data");
  if (data == nullptr || !data->is_array()) {
    return fail_call(LlmError::kMalformedAnswer, "the list of models could not be read");
  }
  std::vector<std::string> models;
  for (const json::value& item : data->get_array()) {
    const json::object* model = item.if_object();
    if (model == nullptr || models.size() >= kMaxModels) continue;
    const std::string_view id = find_string(*model, "id");
    if (!id.empty()) models.emplace_back(id);
  }
  return models;
}

}  // namespace

OpenAiState::OpenAiState(OpenAiOptions given, OpenAiParts injected, Endpoint where)
    : options(std::move(given)),
      parts(std::move(injected)),
      endpoint(std::move(where)),
      metrics(parts.metrics, options.role),
      breaker(options.breaker) {}

void OpenAiState::note_answer() {
  breaker.note_answer();
  metrics.on_circuit(breaker.state());
}

void OpenAiState::note_end(const RequestEnd& end) {
  if (end.answered) return note_answer();
  if (!is_outage(end)) {
    breaker.note_nothing();
  } else if (breaker.note_outage(now())) {
    observe::log_warn("model circuit opened", {{"pause_ms", options.breaker.pause.count()}});
  }
  metrics.on_circuit(breaker.state());
}

net::HttpCall make_http_call(const OpenAiState& state, std::string_view path,
                             std::shared_ptr<const core::Secret> key,
                             core::Clock::SteadyTime deadline) {
  net::HttpCall call;
  call.url = state.endpoint.at(path);
  call.secret = state.endpoint.header_for(std::move(key));
  call.deadline = deadline;
  call.connect_timeout = state.options.connect_timeout;
  call.first_byte_timeout = state.options.first_byte_timeout;
  call.stall_timeout = state.options.stall_timeout;
  call.ca_file = state.options.ca_file;
  return call;
}

CallFailure transport_failure(const core::Error& error) {
  CallFailure failure;
  failure.cause = error.private_cause();
  if (error.is(net::HttpError::kTimeout) || error.is(net::HttpError::kStalled)) {
    failure.error = LlmError::kTimeout;
  } else if (error.is(net::HttpError::kTooLarge)) {
    failure.error = LlmError::kAnswerTooLarge;
  } else if (error.is(net::HttpError::kInvalidCall)) {
    // Nothing else in a call comes from outside.
    failure.error = LlmError::kWrongKey;
  } else if (error.is(net::HttpError::kBadResponse)) {
    failure.error = LlmError::kMalformedAnswer;
  } else {
    failure.error = LlmError::kUnavailable;
    failure.may_pass = !error.is(net::HttpError::kTlsError);
    if (error.is(net::HttpError::kTlsError)) failure.reason = "tls";
    if (error.is(net::HttpError::kUnreachable)) failure.reason = "unreachable";
  }
  return failure;
}

asio::awaitable<RequestEnd> send_chat_request(std::shared_ptr<OpenAiState> state, std::string body,
                                              std::shared_ptr<const core::Secret> key,
                                              core::Clock::SteadyTime deadline,
                                              std::shared_ptr<ChatSink> sink) {
  Admission admission(state);
  net::HttpCall call = make_http_call(*state, "/chat/completions", key, deadline);
  call.method = "POST";
  call.headers = {"Content-Type: application/json", "Accept: text/event-stream, application/json"};
  call.body = std::move(body);
  call.max_body_bytes = state->options.max_answer_bytes * kWireBytesPerContentByte;
  const auto reading = std::make_shared<AnswerSink>(state, std::move(sink), std::move(key));
  state->metrics.on_request();
  const core::Result<void> sent = co_await state->parts.http->send(std::move(call), reading);
  std::optional<CallFailure> transport;
  if (!sent) transport = transport_failure(sent.error());
  RequestEnd end = reading->reader.conclude(std::move(transport), state->parts.clock->wall_now());
  admission.answer(end);
  co_return end;
}

asio::awaitable<core::Result<std::vector<std::string>>> list_models(
    std::shared_ptr<OpenAiState> state, core::Clock::SteadyTime deadline,
    std::shared_ptr<const core::Secret> key) {
  key = state->key_for(std::move(key));
  net::HttpCall call = make_http_call(*state, "/models", key, deadline);
  call.headers = {"Accept: application/json"};
  call.max_body_bytes = kMaxModelListBytes;
  auto response = co_await state->parts.http->collect(std::move(call));
  if (!response) {
    co_return std::unexpected<core::Error>(make_call_error(transport_failure(response.error())));
  }
  if (response->head.status == 200) co_return read_models(response->body);
  std::string body = redact(std::move(response->body), key.get());
  const ServerRejection rejection = classify_rejection(response->head.status, body);
  core::wipe(body);
  co_return fail_call(rejection.error, fmt::format("status {}: {}", response->head.status,
                                                   redact(rejection.message, key.get())));
}

}  // namespace graphrail::llm
