#include "llm/openai_client.h"

#include <algorithm>
#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

#include "llm/openai_request.h"
#include "observe/log.h"

namespace graphrail::llm {
namespace {

namespace asio = boost::asio;
using std::chrono::milliseconds;
using StatePtr = std::shared_ptr<OpenAiState>;

/// From the strictest form to the last parameter given up there are eight.
constexpr int kMaxSteps = 8;

/// One call while it happens; reports how it ended when it goes, also when its caller left.
class CallReport {
 public:
  explicit CallReport(StatePtr state) : state_(std::move(state)), started_(state_->now()) {}
  CallReport(const CallReport&) = delete;
  CallReport& operator=(const CallReport&) = delete;
  ~CallReport() { state_->metrics.on_end(outcome_, state_->now() - started_); }

  void finish(const core::Result<ChatAnswer>& result) {
    if (result) {
      outcome_ = result->broken_off ? "broken_off" : "ok";
      state_->metrics.on_answer(*result);
      return;
    }
    outcome_ = outcome_name(kind_of(result.error()));
    observe::log_info("model call failed",
                      {{"outcome", outcome_}, {"cause", result.error().private_cause()}});
  }

 private:
  StatePtr state_;
  core::Clock::SteadyTime started_;
  std::string_view outcome_ = "cancelled";
};

/// The state of one call between its requests.
struct Attempts {
  ChatCall call;
  std::string memory_key;
  Capability remembered;
  Capability capability;
  int steps = 0;
  int failures = 0;
  int requests = 0;
};

double random_share(core::Random& random) {
  std::array<std::uint8_t, 4> bytes{};
  random.fill(bytes);
  double share = 0;
  for (const std::uint8_t byte : bytes) share = (share + byte) / 256.0;
  return share;
}

std::uint64_t estimate_tokens(std::uint64_t bytes) { return (bytes + 3) / 4; }

TokenUsage estimate_usage(const ChatRequest& request, std::uint64_t content_bytes) {
  std::uint64_t prompt_bytes = request.schema.size();
  for (const ChatMessage& message : request.messages) prompt_bytes += message.content.size();
  return {estimate_tokens(prompt_bytes), estimate_tokens(content_bytes)};
}

ChatAnswer make_answer(const OpenAiState& state, const Attempts& attempts, const RequestEnd& end) {
  ChatAnswer answer;
  answer.finish = end.finish;
  if (end.failure) answer.broken_off = make_call_error(*end.failure);
  answer.usage_is_estimated = !end.usage;
  answer.usage = end.usage ? *end.usage : estimate_usage(attempts.call.request, end.content_bytes);
  answer.model = end.model.empty() ? attempts.call.request.model : end.model;
  answer.cost_usd = state.options.prices.cost_usd(answer.model, answer.usage);
  if (!answer.cost_usd) {
    answer.cost_usd = state.options.prices.cost_usd(attempts.call.request.model, answer.usage);
  }
  answer.rung = attempts.capability.rung;
  answer.capability = attempts.capability;
  answer.attempts = attempts.requests;
  return answer;
}

core::Error circuit_open(milliseconds wait) {
  CallFailure failure;
  failure.error = LlmError::kCircuitOpen;
  failure.cause = "the circuit is open";
  failure.hint = wait;
  return make_call_error(failure);
}

std::string memory_key(const OpenAiState& state, const std::string& model) {
  return state.endpoint.name() + " " + model;
}

/// A form that the server accepted after a rejection is worth remembering; the strictest is not,
/// and what is remembered must expire one day.
void remember(OpenAiState& state, const Attempts& attempts) {
  if (attempts.capability == attempts.remembered) return;
  state.parts.memory->remember(attempts.memory_key, attempts.capability, state.now());
  observe::log_info("model server accepts a lesser form",
                    {{"form", to_string(attempts.capability.rung)}});
}

/// The wait before the next request after `failure`, or nothing when there is none. A step down the
/// ladder needs no wait.
std::optional<milliseconds> plan_next(OpenAiState& state, Attempts& attempts,
                                      const CallFailure& failure) {
  if (failure.error == LlmError::kUnsupportedParameter) {
    const bool steps = attempts.steps < kMaxSteps &&
                       step_down(attempts.capability, failure.parameter, failure.cause);
    ++attempts.steps;
    return steps ? std::optional(milliseconds::zero()) : std::nullopt;
  }
  ++attempts.failures;
  if (!failure.may_pass) return std::nullopt;
  const auto remaining = std::chrono::floor<milliseconds>(attempts.call.deadline - state.now());
  return next_delay(state.options.retry, failure.error, attempts.failures, failure.hint,
                    random_share(*state.parts.random), remaining);
}

asio::awaitable<void> wait_for(milliseconds delay) {
  asio::steady_timer timer(co_await asio::this_coro::executor);
  timer.expires_after(delay);
  co_await timer.async_wait(asio::use_awaitable);
}

asio::awaitable<core::Result<ChatAnswer>> run_requests(StatePtr state, ChatCall call,
                                                       std::shared_ptr<ChatSink> sink) {
  Attempts attempts;
  attempts.memory_key = memory_key(*state, call.request.model);
  attempts.remembered = state->parts.memory->recall(attempts.memory_key, state->now());
  // What this call alone must not use is no news about the server.
  attempts.remembered.rung = std::max(attempts.remembered.rung, call.strictest);
  attempts.capability = attempts.remembered;
  attempts.call = std::move(call);
  const auto key = state->key_for(attempts.call.key);
  std::optional<CallFailure> last;
  for (;;) {
    if (const auto wait = state->breaker.admit(state->now())) {
      co_return std::unexpected<core::Error>(last ? make_call_error(*last) : circuit_open(*wait));
    }
    std::string body = make_chat_body(attempts.call.request, attempts.capability, true);
    ++attempts.requests;
    RequestEnd end =
        co_await send_chat_request(state, std::move(body), key, attempts.call.deadline, sink);
    if (!end.failure) remember(*state, attempts);
    if (!end.failure || end.content_bytes > 0) co_return make_answer(*state, attempts, end);
    const auto delay = plan_next(*state, attempts, *end.failure);
    if (!delay) co_return std::unexpected<core::Error>(make_call_error(*end.failure));
    observe::log_debug("model call tried again",
                       {{"cause", end.failure->cause}, {"delay_ms", delay->count()}});
    last = std::move(end.failure);
    if (*delay > milliseconds::zero()) co_await wait_for(*delay);
  }
}

asio::awaitable<core::Result<ChatAnswer>> run_call(StatePtr state, ChatCall call,
                                                   std::shared_ptr<ChatSink> sink) {
  if (const auto wait = state->breaker.wait_time(state->now())) {
    co_return std::unexpected<core::Error>(circuit_open(*wait));
  }
  const auto deadline = call.deadline;
  const auto slot = co_await state->slots->acquire(deadline);
  if (!slot) co_return core::fail(slot.error());
  if (state->now() >= deadline) co_return fail_call(LlmError::kTimeout, "the deadline has passed");
  co_return co_await run_requests(state, std::move(call), std::move(sink));
}

asio::awaitable<core::Result<ChatAnswer>> run_reported(StatePtr state, ChatCall call,
                                                       std::shared_ptr<ChatSink> sink) {
  CallReport report(state);
  if (call.request.model.empty()) call.request.model = state->options.model;
  auto result = co_await run_call(state, std::move(call), std::move(sink));
  report.finish(result);
  co_return result;
}

class OpenAiClient final : public ChatClient {
 public:
  explicit OpenAiClient(StatePtr state) : state_(std::move(state)) {}

  asio::awaitable<core::Result<ChatAnswer>> complete(ChatCall call,
                                                     std::shared_ptr<ChatSink> sink) override {
    auto running = run_reported(state_, std::move(call), std::move(sink));
    const asio::any_io_executor here = co_await asio::this_coro::executor;
    if (here == executor()) co_return co_await std::move(running);
    co_return co_await asio::co_spawn(executor(), std::move(running), asio::use_awaitable);
  }

  void prefer(std::string model, Rung rung) override {
    const std::string key =
        memory_key(*state_, model.empty() ? state_->options.model : std::move(model));
    Capability capability = state_->parts.memory->recall(key, state_->now());
    if (rung <= capability.rung) return;
    capability.rung = rung;
    state_->parts.memory->remember(key, capability, state_->now());
    observe::log_info("model server holds the schema in a lesser form",
                      {{"form", to_string(rung)}});
  }

  asio::awaitable<core::Result<std::vector<std::string>>> models(
      std::chrono::steady_clock::time_point deadline,
      std::shared_ptr<const core::Secret> key) override {
    auto running = list_models(state_, deadline, std::move(key));
    co_return co_await asio::co_spawn(executor(), std::move(running), asio::use_awaitable);
  }

  [[nodiscard]] const std::string& model() const noexcept override { return state_->options.model; }
  [[nodiscard]] asio::any_io_executor executor() noexcept override {
    return state_->parts.http->executor();
  }

 private:
  StatePtr state_;
};

}  // namespace

core::Result<std::shared_ptr<ChatClient>> make_openai_client(const asio::any_io_executor& executor,
                                                             OpenAiOptions options,
                                                             OpenAiParts parts) {
  auto endpoint = Endpoint::create(options.base_url, options.key_header);
  if (!endpoint) return core::fail(std::move(endpoint.error()));
  if (!parts.memory) parts.memory = std::make_shared<CapabilityMemory>();
  if (!parts.http) {
    net::HttpClientOptions http;
    http.kept_connections = options.max_concurrent;
    parts.http = std::make_shared<const net::HttpClient>(executor, std::move(http));
  }
  auto state =
      std::make_shared<OpenAiState>(std::move(options), std::move(parts), std::move(*endpoint));
  // The state owns the slots, so they must not own it.
  state->slots = std::make_shared<CallSlots>(
      state->parts.http->executor(), state->options.max_concurrent, state->options.max_queued,
      [weak = std::weak_ptr(state)](std::size_t running, std::size_t waiting) {
        if (const auto alive = weak.lock()) alive->metrics.on_slots(running, waiting);
      });
  return std::make_shared<OpenAiClient>(std::move(state));
}

}  // namespace graphrail::llm
