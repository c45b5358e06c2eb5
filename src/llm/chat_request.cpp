#include <boost/json/serialize.hpp>

#include "llm/chat.h"

namespace graphrail::llm {
namespace {

namespace json = boost::json;

bool sends_schema(Rung rung) noexcept {
  return rung == Rung::kStrictSchema || rung == Rung::kSchema;
}

json::array make_messages(const ChatRequest& request, const Capability& capability) {
  json::array messages;
  bool schema_told = sends_schema(capability.rung);
  for (const ChatMessage& message : request.messages) {
    std::string content = message.content;
    if (!schema_told && message.role == "system") {
      content += "\n\nAnswer with one JSON object and nothing else. Its JSON Schema:\n";
      content += json::serialize(request.schema);
      schema_told = true;
    }
    messages.push_back(json::object{{"role", message.role}, {"content", content}});
  }
  return messages;
}

json::object make_response_format(const ChatRequest& request, Rung rung) {
  if (rung == Rung::kJsonObject) return {{"type", "json_object"}};
  json::object schema{{"name", request.schema_name}, {"schema", request.schema}};
  if (rung == Rung::kStrictSchema) schema["strict"] = true;
  return {{"type", "json_schema"}, {"json_schema", std::move(schema)}};
}

}  // namespace

std::string make_chat_body(const ChatRequest& request, const Capability& capability, bool stream) {
  json::object body{{"model", request.model}, {"messages", make_messages(request, capability)}};
  if (capability.rung != Rung::kPlainText) {
    body["response_format"] = make_response_format(request, capability.rung);
  }
  body[capability.max_completion_tokens ? "max_completion_tokens" : "max_tokens"] =
      request.max_output_tokens;
  if (capability.temperature) body["temperature"] = 0;
  if (capability.seed) body["seed"] = request.seed;
  if (stream) {
    body["stream"] = true;
    if (capability.stream_usage) body["stream_options"] = {{"include_usage", true}};
  }
  return json::serialize(body);
}

}  // namespace graphrail::llm
