#include "app/mock_llm/completion_format.h"

#include <fmt/format.h>

#include <boost/json/serialize.hpp>
#include <utility>

namespace graphrail::app::mock_llm {
namespace {

namespace json = boost::json;

constexpr std::size_t kPieceBytes = 24;
constexpr std::string_view kFingerprint = "fp_graphrail";

std::string quote(std::string_view text) { return json::serialize(json::string_view(text)); }

std::string quote_or_null(std::string_view text) { return text.empty() ? "null" : quote(text); }

std::string render_usage(const Answer& answer) {
  return fmt::format(R"({{"prompt_tokens":{},"completion_tokens":{},"total_tokens":{},)"
                     R"("prompt_tokens_details":{{"cached_tokens":0,"audio_tokens":0}},)"
                     R"("completion_tokens_details":{{"reasoning_tokens":0,"audio_tokens":0,)"
                     R"("accepted_prediction_tokens":0,"rejected_prediction_tokens":0}}}})",
                     answer.prompt_tokens, answer.completion_tokens,
                     answer.prompt_tokens + answer.completion_tokens);
}

}  // namespace

std::string render_completion(const CompletionHead& head, const Answer& answer, bool with_usage) {
  const bool is_refused = !answer.refusal.empty();
  return fmt::format(
      R"({{"id":"{}","object":"chat.completion","created":{},"model":{},"choices":[{{"index":0,)"
      R"("message":{{"role":"assistant","content":{},"refusal":{},"annotations":[]}},)"
      R"("logprobs":null,"finish_reason":"{}"}}]{}{},"service_tier":"default",)"
      R"("system_fingerprint":"{}"}})",
      head.id, head.created, quote(head.model), is_refused ? "null" : quote(answer.content),
      quote_or_null(answer.refusal), answer.finish_reason, with_usage ? R"(,"usage":)" : "",
      with_usage ? render_usage(answer) : "", kFingerprint);
}

StreamFormat::StreamFormat(const CompletionHead& head, bool include_usage)
    : before_(fmt::format(
          R"(data: {{"id":"{}","object":"chat.completion.chunk","created":{},"model":{},)"
          R"("service_tier":"default","system_fingerprint":"{}","choices":[)",
          head.id, head.created, quote(head.model), kFingerprint)),
      after_(include_usage ? "],\"usage\":null}\n\n" : "]}\n\n") {}

std::string StreamFormat::chunk(std::string_view delta, std::string_view finish_reason) const {
  std::string out;
  out.reserve(before_.size() + delta.size() + after_.size() + 80);
  out += before_;
  out += R"({"index":0,"delta":)";
  out += delta;
  out += R"(,"logprobs":null,"finish_reason":)";
  out += finish_reason;
  out += '}';
  out += after_;
  return out;
}

std::string StreamFormat::filter_results() {
  // The deployment's filter speaks before the model does, so nothing of the answer is known yet.
  return R"(data: {"id":"","object":"","created":0,"model":"","choices":[],)"
         R"("prompt_filter_results":[{"prompt_index":0,"content_filter_results":{)"
         R"("hate":{"filtered":false,"severity":"safe"},)"
         R"("violence":{"filtered":false,"severity":"safe"}}}]})"
         "\n\n";
}

std::string StreamFormat::role() const {
  return chunk(R"({"role":"assistant","content":"","refusal":null})", "null");
}

std::string StreamFormat::content(std::string_view piece) const {
  return chunk(fmt::format(R"({{"content":{}}})", quote(piece)), "null");
}

std::string StreamFormat::refusal(std::string_view piece) const {
  return chunk(fmt::format(R"({{"refusal":{}}})", quote(piece)), "null");
}

std::string StreamFormat::finish(std::string_view reason) const {
  return chunk("{}", fmt::format("\"{}\"", reason));
}

std::string StreamFormat::usage(const Answer& answer) const {
  return fmt::format("{}],\"usage\":{}}}\n\n", before_, render_usage(answer));
}

std::string StreamFormat::error(std::string_view body) { return fmt::format("data: {}\n\n", body); }

std::vector<std::string> render_pieces(const StreamFormat& format, const Answer& answer) {
  std::vector<std::string> events;
  const bool is_refused = !answer.refusal.empty();
  std::string_view rest = is_refused ? answer.refusal : answer.content;
  events.reserve(rest.size() / kPieceBytes + 2);
  events.push_back(format.role());
  while (!rest.empty()) {
    // A code point has at most four bytes, so a piece is never empty.
    const std::string_view piece = prefix_bytes(rest, kPieceBytes);
    rest.remove_prefix(piece.size());
    events.push_back(is_refused ? format.refusal(piece) : format.content(piece));
  }
  return events;
}

std::string render_ending(const StreamFormat& format, const Answer& answer, bool with_usage) {
  std::string out = format.finish(answer.finish_reason);
  if (with_usage) out += format.usage(answer);
  return out += StreamFormat::done();
}

}  // namespace graphrail::app::mock_llm
