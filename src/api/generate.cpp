// POST /api/generate. The use case is generate/generate.h; this file is its HTTP side: one JSON
// answer, or events while the graph grows.
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/this_coro.hpp>
#include <exception>
#include <memory>
#include <optional>
#include <utility>

#include "api/decode.h"
#include "api/endpoints.h"
#include "api/live_events.h"
#include "api/problems.h"
#include "http/event_stream.h"
#include "observe/log.h"

namespace graphrail::api {
namespace {

using boost::asio::awaitable;
using generate::GenerateRequest;
using generate::GenerateResult;
using RequestPtr = std::shared_ptr<http::Request>;

/// A client that wants one answer: it can only leave.
class WaitingClient final : public generate::Audience {
 public:
  explicit WaitingClient(std::shared_ptr<http::ClientPresence> presence)
      : presence_(std::move(presence)) {}

  std::shared_ptr<void> on_gone(std::function<void()> action) override {
    return std::make_shared<http::ClientPresence::Subscription>(
        presence_->on_gone(std::move(action)));
  }

 private:
  std::shared_ptr<http::ClientPresence> presence_;
};

bool wants_events(const http::Request& request) {
  for (const std::string_view accept : request.headers.get_all("Accept")) {
    if (accept.find("text/event-stream") != std::string_view::npos) return true;
  }
  return false;
}

/// The whole answer at once, for clients that do not ask for events.
awaitable<http::Response> answer_json(std::shared_ptr<generate::Generator> generator,
                                      GenerateRequest wanted, RequestPtr request) {
  if (request->client) wanted.audience = std::make_shared<WaitingClient>(request->client);
  auto generating = generator->generate(std::move(wanted));
  const core::Result<GenerateResult> result = co_await std::move(generating);
  if (!result) co_return make_error_response(result.error(), request->request_id);
  http::Response response =
      http::make_response(200, "application/json", generate::to_json_text(*result));
  response.headers.set("Cache-Control", "no-store");
  co_return response;
}

/// What the generation leaves for the stream beside its events.
struct LiveRun {
  std::shared_ptr<LiveEvents> events;
  std::string request_id;
  /// The answer to a failure.
  std::optional<http::Response> refusal;
};

awaitable<void> run_live(std::shared_ptr<generate::Generator> generator, GenerateRequest wanted,
                         std::shared_ptr<LiveRun> run) {
  try {
    auto generating = generator->generate(std::move(wanted));
    core::Result<GenerateResult> result = co_await std::move(generating);
    if (result) {
      run->events->finish("done", generate::to_json_text(*result));
      co_return;
    }
    run->refusal = make_error_response(result.error(), run->request_id);
  } catch (const std::exception& thrown) {
    observe::log_error("live generation failed",
                       {{"request_id", run->request_id}, {"cause", thrown.what()}});
    const core::Error defect(std::error_code(), {});
    run->refusal = make_error_response(defect, run->request_id);
  }
  run->events->finish("error", run->refusal->body);
}

awaitable<void> write_events(std::shared_ptr<LiveRun> run, std::string first,
                             std::chrono::milliseconds comment_interval,
                             std::shared_ptr<http::StreamWriter> writer) {
  std::string bytes = std::move(first);
  for (;;) {
    if (bytes.empty()) bytes = http::format_comment("still working");
    auto writing = writer->write(std::move(bytes));
    const bool is_written = co_await std::move(writing);
    if (!is_written || run->events->is_over()) co_return;
    auto waiting = run->events->next(comment_interval);
    bytes = co_await std::move(waiting);
  }
}

awaitable<http::Response> answer_events(std::shared_ptr<generate::Generator> generator,
                                        GenerateRequest wanted, RequestPtr request,
                                        std::chrono::milliseconds comment_interval) {
  const auto executor = co_await boost::asio::this_coro::executor;
  auto run = std::make_shared<LiveRun>();
  run->events = std::make_shared<LiveEvents>(request->client, executor);
  run->request_id = request->request_id;
  wanted.audience = run->events;
  boost::asio::co_spawn(executor, run_live(std::move(generator), std::move(wanted), run),
                        boost::asio::detached);
  auto waiting = run->events->next(comment_interval);
  std::string first = co_await std::move(waiting);
  // A request that fails before there is anything to show keeps its status.
  if (run->refusal && run->events->event_count() == 1) co_return std::move(*run->refusal);
  co_return http::make_event_stream_response([run, first = std::move(first), comment_interval](
                                                 std::shared_ptr<http::StreamWriter> writer) {
    return write_events(run, first, comment_interval, std::move(writer));
  });
}

awaitable<http::Response> handle(std::shared_ptr<generate::Generator> generator, RequestPtr request,
                                 std::chrono::milliseconds comment_interval) {
  auto wanted = decode_generate_request(request->headers.get("Content-Type"), request->body);
  if (!wanted) co_return make_error_response(wanted.error(), request->request_id);
  const bool live = wants_events(*request);
  auto answering = live ? answer_events(std::move(generator), std::move(*wanted),
                                        std::move(request), comment_interval)
                        : answer_json(std::move(generator), std::move(*wanted), std::move(request));
  co_return co_await std::move(answering);
}

}  // namespace

http::Handler make_generate_handler(std::shared_ptr<generate::Generator> generator,
                                    std::chrono::milliseconds comment_interval) {
  return [generator = std::move(generator), comment_interval](RequestPtr request) {
    return handle(generator, std::move(request), comment_interval);
  };
}

}  // namespace graphrail::api
