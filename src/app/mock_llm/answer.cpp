#include "app/mock_llm/answer.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <optional>

#include "app/mock_llm/answer_writer.h"
#include "app/mock_llm/schema_instance.h"
#include "core/utf8.h"
#include "extract/model/prompt.h"
#include "extract/rules/rules.h"

namespace graphrail::app::mock_llm {
namespace {

constexpr std::string_view kSentence = "Hello! This is a mock server; I can only read texts.";
constexpr std::string_view kRefusal = "I'm sorry, I can't assist with that request.";
constexpr std::string_view kNotJson = "Sure! Here is the graph: {nodes: [{id: 'a', label: ";
constexpr std::string_view kOtherShape =
    R"({"entities":[{"name":"Somebody","kind":7}],"triples":"none"})";
/// As long as any text the program reads.
constexpr std::size_t kMaxTextCodePoints = 400'000;

std::size_t count_tokens(std::size_t bytes) {
  return (bytes + kBytesPerToken - 1) / kBytesPerToken;
}

/// `text` without its first bytes, from the next code point on.
std::string_view forget(std::string_view text, std::size_t bytes) {
  bytes = std::min(bytes, text.size());
  while (bytes < text.size() && (static_cast<unsigned char>(text[bytes]) & 0xC0U) == 0x80U) ++bytes;
  return text.substr(bytes);
}

std::string write_graph(const ChatCall& call, std::size_t forgotten_bytes) {
  auto prompt = extract::model::read_user_message(call.user_message);
  const std::string_view text = forget(prompt ? prompt->text : call.user_message, forgotten_bytes);
  const std::string_view readable = core::prefix_code_points(text, kMaxTextCodePoints);
  const graph::Graph graph = extract::rules::extract_venture_graph(readable);
  const Written written = prompt ? read_written(prompt->written) : Written();
  return write_answer(graph, choose_vocabulary(call), written);
}

std::string make_content(const ChatCall& call, std::size_t forgotten_bytes) {
  if (call.form == AnswerForm::kJsonSchema && !is_graph_schema(call.schema)) {
    return boost::json::serialize(make_smallest_instance(call.schema));
  }
  const bool is_fenced = extract::model::read_user_message(call.user_message).has_value();
  if (call.form == AnswerForm::kText && !is_fenced) return std::string(kSentence);
  return write_graph(call, forgotten_bytes);
}

std::string think_aloud(std::string_view content) {
  return fmt::format("<think>\nThe text names {{some}} parties.\n</think>\n\n```json\n{}\n```\n",
                     content);
}

void shorten(Answer& answer, std::size_t bytes, std::string_view reason) {
  if (bytes >= answer.content.size()) return;
  answer.content.resize(prefix_bytes(answer.content, bytes).size());
  answer.finish_reason = reason;
}

}  // namespace

std::string_view prefix_bytes(std::string_view text, std::size_t bytes) noexcept {
  if (bytes >= text.size()) return text;
  constexpr unsigned char kContinuationMask = 0xC0;
  constexpr unsigned char kContinuation = 0x80;
  while (bytes > 0 &&
         (static_cast<unsigned char>(text[bytes]) & kContinuationMask) == kContinuation) {
    --bytes;
  }
  return text.substr(0, bytes);
}

Answer make_answer(const ChatCall& call, const Fault& fault) {
  Answer answer;
  answer.prompt_tokens = count_tokens(call.prompt_bytes);
  std::size_t forgotten_bytes = 0;
  if (fault.context && answer.prompt_tokens > *fault.context) {
    answer.prompt_tokens = *fault.context;
    forgotten_bytes = call.prompt_bytes - *fault.context * kBytesPerToken;
  }
  if (fault.refusal) {
    answer.refusal = kRefusal;
  } else if (fault.wrong_json) {
    answer.content = kNotJson;
  } else if (fault.wrong_schema) {
    answer.content = kOtherShape;
  } else {
    answer.content = make_content(call, forgotten_bytes);
  }
  if (fault.think && answer.refusal.empty()) answer.content = think_aloud(answer.content);
  if (call.max_tokens) shorten(answer, *call.max_tokens * kBytesPerToken, "length");
  if (fault.length) shorten(answer, *fault.length, "length");
  if (fault.filter) shorten(answer, answer.content.size() / 2, "content_filter");
  answer.completion_tokens = count_tokens(answer.content.size() + answer.refusal.size());
  return answer;
}

}  // namespace graphrail::app::mock_llm
