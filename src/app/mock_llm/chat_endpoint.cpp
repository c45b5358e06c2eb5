#include "app/mock_llm/chat_endpoint.h"

#include <fmt/format.h>

#include <expected>
#include <utility>

#include "app/mock_llm/answer.h"
#include "app/mock_llm/answer_stream.h"
#include "app/mock_llm/chat_call.h"
#include "app/mock_llm/completion_format.h"
#include "app/mock_llm/fault_response.h"
#include "http/event_stream.h"

namespace graphrail::app::mock_llm {
namespace {

namespace asio = boost::asio;

constexpr std::size_t kIdBytes = 14;
constexpr std::size_t kBigBlockBytes = 8 * 1024;
constexpr std::size_t kBigBlocksPerMb = 1024 * 1024 / kBigBlockBytes;
constexpr std::string_view kBigBegins = R"({"filler":")";
constexpr std::string_view kBigEnds = R"("})";

/// What is needed of a request away from its connection's thread.
struct Asked {
  std::string body;
  std::string fault_header;
  /// Of Azure's path, else empty.
  std::string deployment;
};

/// What is going to be answered.
struct Plan {
  Fault fault;
  std::string model;
  bool stream = false;
  bool include_usage = false;
  Answer answer;
};

/// Nothing of these has content of its own.
bool needs_answer(const Fault& fault, bool stream) {
  return fault.big_mb == 0 && !make_fault_response(fault, stream);
}

/// Reads the call and, with the rules engine, writes the answer. Blocks.
std::expected<Plan, http::Response> make_plan(FaultSource& faults, const Asked& asked) {
  auto call = read_chat_call(asked.body, asked.deployment);
  if (!call) return std::unexpected(make_error_response(call.error()));
  auto fault = faults.take(faults.choose(asked.fault_header, call->model));
  if (!fault) return std::unexpected(make_bad_fault_response(std::move(fault.error())));
  if (fault->no_schema && call->form == AnswerForm::kJsonSchema) {
    return std::unexpected(make_error_response(invalid_parameter(
        "response_format",
        "Invalid parameter: 'response_format' of type 'json_schema' is not supported with this "
        "model.",
        "unsupported_value")));
  }
  Plan plan{.fault = *fault,
            .model = call->model,
            .stream = call->stream && !fault->no_stream,
            .include_usage = call->include_usage};
  if (needs_answer(plan.fault, plan.stream)) plan.answer = make_answer(*call, plan.fault);
  return plan;
}

CompletionHead make_head(const Mock& mock, const Plan& plan) {
  return {.id = "chatcmpl-" + core::random_hex(*mock.parts.random, kIdBytes),
          .created = mock.parts.clock->unix_seconds(),
          .model = plan.model};
}

AnswerStream make_events(const CompletionHead& head, const Plan& plan, bool is_azure) {
  const bool with_usage = plan.include_usage && !plan.fault.no_usage;
  const StreamFormat format(head, with_usage);
  AnswerStream stream{.drip = plan.fault.drip, .cut = plan.fault.cut.has_value()};
  Answer shown = plan.answer;
  const bool fails = plan.fault.error == ErrorPlace::kStream;
  if (fails) shown.content.resize(prefix_bytes(shown.content, shown.content.size() / 2).size());
  if (stream.cut) shown.content.resize(prefix_bytes(shown.content, *plan.fault.cut).size());
  stream.pieces = render_pieces(format, shown);
  if (is_azure) stream.pieces.insert(stream.pieces.begin(), StreamFormat::filter_results());
  if (fails) {
    constexpr int kServerError = 500;
    stream.pieces.push_back(StreamFormat::error(render_error(error_for_status(kServerError))));
  } else if (!stream.cut) {
    stream.pieces.push_back(render_ending(format, shown, with_usage));
  }
  return stream;
}

/// The events or the body with a filler in the middle.
AnswerStream make_big(const CompletionHead& head, const Plan& plan) {
  const std::string filler(kBigBlockBytes, 'x');
  AnswerStream stream{.repeats = plan.fault.big_mb * kBigBlocksPerMb};
  if (plan.stream) {
    const StreamFormat format(head, false);
    stream.pieces = {format.role(), format.content(kBigBegins), format.content(kBigEnds),
                     render_ending(format, {}, false)};
    stream.repeated = format.content(filler);
    stream.repeat_after = 2;
    return stream;
  }
  // The ends of the filler stand in the body as JSON writes them inside a string.
  constexpr std::string_view kEscapedEnd = R"(\"})";
  Answer answer;
  answer.content = std::string(kBigBegins) + std::string(kBigEnds);
  const std::string body = render_completion(head, answer, !plan.fault.no_usage);
  const std::size_t middle = body.rfind(kEscapedEnd);
  stream.pieces = {body.substr(0, middle), body.substr(middle)};
  stream.repeated = filler;
  stream.repeat_after = 1;
  return stream;
}

http::Response stream_as(std::string_view content_type, AnswerStream stream) {
  http::Response response = http::make_event_stream_response(make_producer(std::move(stream)));
  response.headers.set("Content-Type", std::string(content_type));
  return response;
}

/// A whole body that ends after `cut` bytes of content.
AnswerStream make_cut_body(const CompletionHead& head, const Plan& plan) {
  Answer shown = plan.answer;
  shown.content.resize(prefix_bytes(shown.content, *plan.fault.cut).size());
  std::string body = render_completion(head, shown, true);
  body.resize(body.find("\",\"refusal\":"));
  return {.pieces = {std::move(body)}, .cut = true};
}

http::Response make_answer_response(const Mock& mock, const Plan& plan,
                                    const http::Request& request, bool is_azure) {
  constexpr std::string_view kEvents = "text/event-stream; charset=utf-8";
  constexpr std::string_view kJson = "application/json";
  if (auto response = make_fault_response(plan.fault, plan.stream)) return std::move(*response);
  const CompletionHead head = make_head(mock, plan);
  AnswerStream stream;
  if (plan.fault.big_mb > 0) {
    stream = make_big(head, plan);
  } else if (plan.stream) {
    stream = make_events(head, plan, is_azure);
  } else if (plan.fault.cut && plan.answer.refusal.empty()) {
    stream = make_cut_body(head, plan);
  } else {
    return http::make_response(200, std::string(kJson),
                               render_completion(head, plan.answer, !plan.fault.no_usage));
  }
  stream.client = request.client;
  return stream_as(plan.stream ? kEvents : kJson, std::move(stream));
}

}  // namespace

asio::awaitable<http::Response> answer_chat(std::shared_ptr<Mock> mock,
                                            std::shared_ptr<http::Request> request) {
  const auto refused = check_key(mock->parts.keys, request->headers.get("Authorization"),
                                 request->headers.get("api-key"));
  if (refused) co_return make_error_response(*refused);
  auto asked = std::make_shared<Asked>();
  asked->body = std::move(request->body);
  asked->fault_header = request->headers.get(kFaultHeader);
  asked->deployment = request->path_parameter("deployment");
  auto work = [mock, asked] { return make_plan(mock->faults, *asked); };
  auto running = mock->parts.pool->run(std::move(work));
  core::Result<std::expected<Plan, http::Response>> planned = co_await std::move(running);
  if (!planned) {
    constexpr int kOverloaded = 503;
    co_return make_error_response(error_for_status(kOverloaded));
  }
  if (!*planned) co_return std::move(planned->error());
  const Plan plan = std::move(**planned);
  co_await wait_as_told(plan.fault, request);
  co_return make_answer_response(*mock, plan, *request, !asked->deployment.empty());
}

}  // namespace graphrail::app::mock_llm
