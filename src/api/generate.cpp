// POST /api/generate. The use case is generate/generate.h; this file is its HTTP side: one JSON
// answer, or events while the graph grows.
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/this_coro.hpp>
#include <cstdint>
#include <exception>
#include <memory>
#include <optional>
#include <utility>

#include "api/caller.h"
#include "api/decode.h"
#include "api/endpoints.h"
#include "api/idempotency.h"
#include "api/live_events.h"
#include "api/problems.h"
#include "api/rate_limit_fields.h"
#include "http/event_stream.h"

namespace graphrail::api {
namespace {

using boost::asio::awaitable;
using generate::GenerateRequest;
using generate::GenerateResult;
using RequestPtr = std::shared_ptr<http::Request>;

/// A client that wants one answer: it can leave, and it is told its counter with the answer.
class WaitingClient final : public generate::Audience {
 public:
  explicit WaitingClient(std::shared_ptr<http::ClientPresence> presence)
      : presence_(std::move(presence)) {}

  void charged(const quota::Standing& daily) override { daily_ = daily; }
  std::shared_ptr<void> on_gone(std::function<void()> action) override {
    if (presence_ == nullptr) return nullptr;
    return std::make_shared<http::ClientPresence::Subscription>(
        presence_->on_gone(std::move(action)));
  }
  [[nodiscard]] bool is_dismissed() const override {
    return presence_ && presence_->is_dismissed();
  }
  [[nodiscard]] const std::optional<quota::Standing>& daily() const noexcept { return daily_; }

 private:
  std::shared_ptr<http::ClientPresence> presence_;
  std::optional<quota::Standing> daily_;
};

/// One request on its way; shared by the coroutines that answer it.
struct Answering {
  std::shared_ptr<const GenerateParts> parts;
  RequestPtr request;
  std::shared_ptr<const Caller> caller;
  std::unique_ptr<IdempotentAttempt> attempt;

  [[nodiscard]] http::Response refuse(const core::Error& error) const {
    http::Response response = make_error_response(error, request->request_id);
    if (error.is(quota::QuotaError::kDailyUsedUp)) {
      const std::int64_t now = parts->clock->unix_seconds();
      const auto limit = parts->meter->allowances().daily_of(caller->quota).quota.limit.value_or(0);
      add_daily_fields(response,
                       {.used = limit, .limit = limit, .reset = now + error.retry_after_seconds()},
                       now);
    }
    return response;
  }
  void add_counter(http::Response& response, const std::optional<quota::Standing>& daily) const {
    if (daily) add_daily_fields(response, *daily, parts->clock->unix_seconds());
  }
};
using AnsweringPtr = std::shared_ptr<Answering>;

bool wants_events(const http::Request& request) {
  for (const std::string_view accept : request.headers.get_all("Accept")) {
    if (accept.find("text/event-stream") != std::string_view::npos) return true;
  }
  return false;
}

http::Response make_json_answer(std::string body) {
  http::Response response = http::make_response(200, "application/json", std::move(body));
  response.headers.set("Cache-Control", "no-store");
  return response;
}

/// The JSON answer to a success, or the answer to a failure.
struct Ending {
  std::optional<std::string> body;
  http::Response refusal;
};

/// A defect ends here too, so that what the attempt holds is always given back.
awaitable<Ending> generate_once(AnsweringPtr answering, GenerateRequest wanted) {
  const std::string& request_id = answering->request->request_id;
  try {
    auto generating = answering->parts->generator->generate(std::move(wanted));
    core::Result<GenerateResult> result = co_await std::move(generating);
    if (result) co_return Ending{generate::to_json_text(*result), {}};
    co_return Ending{std::nullopt, answering->refuse(result.error())};
  } catch (const std::exception& thrown) {
    answering->parts->error_reporter->report(
        {.where = answering->request->route, .cause = thrown.what(), .request_id = request_id});
  }
  const core::Error defect(std::error_code(), {});
  co_return Ending{std::nullopt, make_error_response(defect, request_id)};
}

/// The whole answer at once, for clients that do not ask for events.
awaitable<http::Response> answer_json(AnsweringPtr answering, GenerateRequest wanted) {
  const auto client = std::make_shared<WaitingClient>(answering->request->client);
  wanted.audience = client;
  auto generating = generate_once(answering, std::move(wanted));
  Ending ending = co_await std::move(generating);
  if (!ending.body) {
    auto releasing = answering->attempt->release();
    co_await std::move(releasing);
    co_return std::move(ending.refusal);
  }
  std::string body = std::move(*ending.body);
  auto keeping = answering->attempt->keep(body);
  co_await std::move(keeping);
  http::Response response = make_json_answer(std::move(body));
  answering->add_counter(response, client->daily());
  co_return response;
}

/// What the generation leaves for the stream beside its events.
struct LiveRun {
  AnsweringPtr answering;
  std::shared_ptr<LiveEvents> events;
  /// The answer to a failure.
  std::optional<http::Response> refusal;
};

awaitable<void> run_live(GenerateRequest wanted, std::shared_ptr<LiveRun> run) {
  auto generating = generate_once(run->answering, std::move(wanted));
  Ending ending = co_await std::move(generating);
  const auto& attempt = run->answering->attempt;
  auto closing = ending.body ? attempt->keep(*ending.body) : attempt->release();
  co_await std::move(closing);
  if (ending.body) {
    run->events->finish("done", *ending.body);
    co_return;
  }
  run->refusal = std::move(ending.refusal);
  run->events->finish("error", run->refusal->body);
}

awaitable<void> write_events(std::shared_ptr<LiveEvents> events, std::string first,
                             std::chrono::milliseconds comment_interval,
                             std::shared_ptr<http::StreamWriter> writer) {
  std::string bytes = std::move(first);
  for (;;) {
    if (bytes.empty()) bytes = http::format_comment("still working");
    auto writing = writer->write(std::move(bytes));
    const bool is_written = co_await std::move(writing);
    if (!is_written || events->is_over()) co_return;
    auto waiting = events->next(comment_interval);
    bytes = co_await std::move(waiting);
  }
}

http::Response make_event_answer(const AnsweringPtr& answering, std::shared_ptr<LiveEvents> events,
                                 std::string first) {
  const auto interval = answering->parts->comment_interval;
  http::Response response = http::make_event_stream_response(
      [events, first = std::move(first), interval](std::shared_ptr<http::StreamWriter> writer) {
        return write_events(events, first, interval, std::move(writer));
      });
  answering->add_counter(response, events->daily());
  return response;
}

awaitable<http::Response> answer_events(AnsweringPtr answering, GenerateRequest wanted) {
  const auto executor = co_await boost::asio::this_coro::executor;
  auto run = std::make_shared<LiveRun>();
  run->answering = answering;
  run->events = std::make_shared<LiveEvents>(answering->request->client, executor);
  wanted.audience = run->events;
  boost::asio::co_spawn(executor, run_live(std::move(wanted), run), boost::asio::detached);
  auto waiting = run->events->next(answering->parts->comment_interval);
  std::string first = co_await std::move(waiting);
  // A request that fails before there is anything to show keeps its status.
  if (run->refusal && run->events->event_count() == 1) co_return std::move(*run->refusal);
  co_return make_event_answer(answering, run->events, std::move(first));
}

/// An answer that was given before, in the form that is asked for now.
awaitable<http::Response> answer_again(AnsweringPtr answering,
                                       std::shared_ptr<const history::StoredAnswer> answer) {
  http::Response response = make_json_answer(answer->body);
  if (wants_events(*answering->request)) {
    const auto executor = co_await boost::asio::this_coro::executor;
    auto events = std::make_shared<LiveEvents>(nullptr, executor);
    events->finish("done", answer->body);
    auto waiting = events->next(answering->parts->comment_interval);
    std::string first = co_await std::move(waiting);
    response = make_event_answer(answering, std::move(events), std::move(first));
  }
  response.headers.set("Idempotency-Replayed", "true");
  co_return response;
}

awaitable<http::Response> handle(std::shared_ptr<const GenerateParts> parts, RequestPtr request) {
  auto wanted = decode_generate_request(request->headers.get("Content-Type"), request->body);
  if (!wanted) co_return make_error_response(wanted.error(), request->request_id);
  auto answering = std::make_shared<Answering>(
      Answering{.parts = parts, .request = request, .caller = nullptr, .attempt = nullptr});
  answering->caller = std::shared_ptr<const Caller>(request->note, &caller_of(*request));
  wanted->caller = answering->caller->quota;
  wanted->own_key = answering->caller->own_key;
  auto key = read_idempotency_key(*request, *answering->caller, *parts->random);
  if (!key) co_return answering->refuse(key.error());
  answering->attempt = std::make_unique<IdempotentAttempt>(parts->answers, std::move(*key));
  auto beginning = answering->attempt->begin();
  auto answered = co_await std::move(beginning);
  if (!answered) co_return answering->refuse(answered.error());
  const bool live = wants_events(*request);
  auto replying = *answered ? answer_again(answering, std::move(*answered))
                  : live    ? answer_events(answering, std::move(*wanted))
                            : answer_json(answering, std::move(*wanted));
  co_return co_await std::move(replying);
}

}  // namespace

http::Handler make_generate_handler(GenerateParts parts) {
  return [parts = std::make_shared<const GenerateParts>(std::move(parts))](RequestPtr request) {
    return handle(parts, std::move(request));
  };
}

}  // namespace graphrail::api
