#include <array>
#include <boost/json/monotonic_resource.hpp>
#include <boost/json/parse.hpp>

#include "llm/chat.h"
#include "llm/delta_scanner.h"
#include "llm/finish_reason.h"
#include "llm/json_lookup.h"

namespace graphrail::llm {
namespace {

namespace json = boost::json;

/// Enough for one piece of a streamed answer; what is larger goes on elsewhere.
constexpr std::size_t kParseBufferBytes = 4096;

std::optional<TokenUsage> read_usage(const json::object& root) {
  const json::object* usage = find_object(root, "usage");
  if (usage == nullptr) return std::nullopt;
  return TokenUsage{find_unsigned(*usage, "prompt_tokens"),
                    find_unsigned(*usage, "completion_tokens")};
}

std::unexpected<core::Error> malformed(std::string cause) {
  return core::fail(LlmError::kMalformedAnswer,
                    {"The model server's answer could not be understood."}, {std::move(cause)});
}

/// An error object inside a 200 carries its own status as a number where the server is polite.
std::unexpected<core::Error> fail_with_embedded_error(const json::object& root,
                                                      std::string_view text) {
  int status = 500;
  if (const json::object* error = find_object(root, "error")) {
    const std::uint64_t code = find_unsigned(*error, "code");
    if (code >= 400 && code < 600) status = static_cast<int>(code);
  }
  const ServerRejection rejection = classify_rejection(status, text);
  return core::fail(rejection.error, {"The model server reported an error."}, {rejection.message});
}

}  // namespace

core::Result<ChatDelta> read_chat_payload(std::string_view text) {
  if (std::optional<ChatDelta> delta = scan_delta(text)) return std::move(*delta);
  return read_any_chat_payload(text);
}

core::Result<ChatDelta> read_any_chat_payload(std::string_view text) {
  std::array<unsigned char, kParseBufferBytes> buffer;
  json::monotonic_resource memory(buffer.data(), buffer.size());
  boost::system::error_code failure;
  const json::value value = json::parse(text, failure, &memory);
  if (failure || !value.is_object()) return malformed("payload is not a JSON object");
  const json::object& root = value.get_object();
  if (const json::value* error = root.if_contains("error"); error != nullptr && !error->is_null()) {
    return fail_with_embedded_error(root, text);
  }
  ChatDelta delta;
  delta.usage = read_usage(root);
  delta.model = find_string(root, "model");
  const json::value* choices = root.if_contains("choices");
  if (choices == nullptr || !choices->is_array()) {
    if (delta.usage) return delta;
    return malformed("payload has no choices");
  }
  if (choices->get_array().empty()) return delta;
  const json::value& first = choices->get_array().front();
  if (!first.is_object()) return malformed("choice is not an object");
  const json::object& choice = first.get_object();
  delta.finish = read_finish_reason(find_string(choice, "finish_reason"));
  const json::object* message = find_object(choice, "delta");
  if (message == nullptr) message = find_object(choice, "message");
  if (message != nullptr) {
    delta.content = find_string(*message, "content");
    delta.refusal = find_string(*message, "refusal");
  }
  return delta;
}

}  // namespace graphrail::llm
