#include <fmt/format.h>

#include <boost/json/serialize.hpp>
#include <iterator>

#include "llm/chat.h"

namespace graphrail::llm {
namespace {

bool sends_schema(Rung rung) noexcept {
  return rung == Rung::kStrictSchema || rung == Rung::kSchema;
}

std::string quoted(std::string_view text) { return boost::json::serialize(text); }

void append_messages(std::string& body, const ChatRequest& request, const Capability& capability) {
  bool schema_told = sends_schema(capability.rung);
  bool is_first = true;
  for (const ChatMessage& message : request.messages) {
    if (!std::exchange(is_first, false)) body += ',';
    body.append(R"({"role":)").append(quoted(message.role)).append(R"(,"content":)");
    if (!schema_told && message.role == "system") {
      body += quoted(message.content +
                     "\n\nAnswer with one JSON object and nothing else. Its JSON Schema:\n" +
                     request.schema);
      schema_told = true;
    } else {
      body += quoted(message.content);
    }
    body += '}';
  }
}

void append_response_format(std::string& body, const ChatRequest& request, Rung rung) {
  if (rung == Rung::kPlainText) return;
  if (rung == Rung::kJsonObject) {
    body += R"(,"response_format":{"type":"json_object"})";
    return;
  }
  body.append(R"(,"response_format":{"type":"json_schema","json_schema":{"name":)")
      .append(quoted(request.schema_name))
      .append(R"(,"schema":)")
      .append(request.schema)
      .append(rung == Rung::kStrictSchema ? R"(,"strict":true}})" : "}}");
}

}  // namespace

// Written by hand: the schema is text already, and a tree of the whole would copy it and the prompt
// for every call.
std::string make_chat_body(const ChatRequest& request, const Capability& capability, bool stream) {
  std::string body = R"({"model":)";
  body.append(quoted(request.model)).append(R"(,"messages":[)");
  append_messages(body, request, capability);
  body += ']';
  append_response_format(body, request, capability.rung);
  const std::string_view limit =
      capability.max_completion_tokens ? "max_completion_tokens" : "max_tokens";
  fmt::format_to(std::back_inserter(body), R"(,"{}":{})", limit, request.max_output_tokens);
  if (capability.temperature) body += R"(,"temperature":0)";
  if (capability.seed) fmt::format_to(std::back_inserter(body), R"(,"seed":{})", request.seed);
  if (stream) {
    body += R"(,"stream":true)";
    if (capability.stream_usage) body += R"(,"stream_options":{"include_usage":true})";
  }
  body += '}';
  return body;
}

}  // namespace graphrail::llm
