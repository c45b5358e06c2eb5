#include "app/mock_llm/chat_call.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/json/parse.hpp>
#include <cctype>

#include "app/mock_llm/strict_schema.h"

namespace graphrail::app::mock_llm {
namespace {

namespace json = boost::json;

using Checked = std::expected<void, ApiError>;

/// Schemas nest deeper than usual JSON.
constexpr std::size_t kMaxDepth = 128;
constexpr std::size_t kMaxNameBytes = 64;

std::unexpected<ApiError> refuse(std::string param, std::string message, std::string code = {}) {
  return std::unexpected(invalid_parameter(std::move(param), std::move(message), std::move(code)));
}

std::unexpected<ApiError> refuse_type(const std::string& param, std::string_view expected) {
  return refuse(param, fmt::format("Invalid type for '{}': expected {}.", param, expected),
                "invalid_type");
}

/// The member, nullptr when it is missing or null.
const json::value* find_member(const json::object& object, std::string_view name) {
  const json::value* const value = object.if_contains(name);
  return value != nullptr && value->is_null() ? nullptr : value;
}

/// The text of a message: a string, or a list of parts of which the text ones count.
std::expected<std::string, ApiError> read_content(const json::object& message,
                                                  const std::string& param) {
  const json::value* const content = find_member(message, "content");
  if (content == nullptr) return std::string();
  if (content->is_string()) return std::string(content->get_string());
  if (!content->is_array()) return refuse_type(param, "a string or an array of objects");
  std::string text;
  for (const json::value& part : content->get_array()) {
    const json::object* const object = part.if_object();
    const json::value* const type = object ? object->if_contains("type") : nullptr;
    if (type == nullptr || !type->is_string()) return refuse_type(param, "objects with a type");
    const json::value* const words = object->if_contains("text");
    if (type->get_string() != "text") continue;
    if (words == nullptr || !words->is_string()) return refuse_type(param + ".text", "a string");
    text += std::string_view(words->get_string());
  }
  return text;
}

Checked read_message(const json::value& value, std::size_t index, ChatCall& call) {
  constexpr std::array<std::string_view, 6> kRoles = {"system",    "developer", "user",
                                                      "assistant", "tool",      "function"};
  const std::string param = fmt::format("messages[{}]", index);
  const json::object* const message = value.if_object();
  if (message == nullptr) return refuse_type(param, "an object");
  const json::value* const role = find_member(*message, "role");
  if (role == nullptr || !role->is_string()) {
    return refuse(param + ".role", fmt::format("Missing required parameter: '{}.role'.", param),
                  "missing_required_parameter");
  }
  const std::string_view name = role->get_string();
  if (std::ranges::find(kRoles, name) == kRoles.end()) {
    return refuse(param + ".role",
                  fmt::format("Invalid value: '{}'. Supported values are: 'system', 'assistant', "
                              "'user', 'function', 'tool', and 'developer'.",
                              name),
                  "invalid_value");
  }
  auto content = read_content(*message, param + ".content");
  if (!content) return std::unexpected(std::move(content.error()));
  call.prompt_bytes += content->size();
  if (name == "user") call.user_message = std::move(*content);
  if (name == "system" || name == "developer") call.instructions += *content;
  return {};
}

Checked read_messages(const json::object& body, ChatCall& call) {
  const json::value* const messages = find_member(body, "messages");
  if (messages == nullptr) {
    return refuse("messages", "Missing required parameter: 'messages'.",
                  "missing_required_parameter");
  }
  if (!messages->is_array()) return refuse_type("messages", "an array of objects");
  const json::array& list = messages->get_array();
  if (list.empty()) {
    return refuse("messages", "Invalid 'messages': empty array. Expected at least one message.",
                  "empty_array");
  }
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (Checked read = read_message(list[i], i, call); !read) return read;
  }
  return {};
}

Checked read_flag(const json::object& object, std::string_view name, const std::string& param,
                  bool& flag) {
  const json::value* const value = find_member(object, name);
  if (value == nullptr) return {};
  if (!value->is_bool()) return refuse_type(param, "a boolean");
  flag = value->get_bool();
  return {};
}

Checked read_streaming(const json::object& body, ChatCall& call) {
  if (Checked read = read_flag(body, "stream", "stream", call.stream); !read) return read;
  const json::value* const options = find_member(body, "stream_options");
  if (options == nullptr) return {};
  if (!call.stream) {
    return refuse("stream_options",
                  "The 'stream_options' parameter is only allowed when 'stream' is enabled.");
  }
  if (!options->is_object()) return refuse_type("stream_options", "an object");
  return read_flag(options->get_object(), "include_usage", "stream_options.include_usage",
                   call.include_usage);
}

/// The number of `name`, nothing when it is not there.
std::expected<std::optional<double>, ApiError> read_number(const json::object& body,
                                                           const std::string& name, double least,
                                                           double most) {
  const json::value* const value = find_member(body, name);
  if (value == nullptr) return std::nullopt;
  if (!value->is_number()) return refuse_type(name, "a number");
  const auto number = value->to_number<double>();
  if (number < least || number > most) {
    return refuse(name,
                  fmt::format("Invalid '{}': expected a value from {} to {}.", name, least, most),
                  number < least ? "integer_below_min_value" : "integer_above_max_value");
  }
  return number;
}

Checked read_limits(const json::object& body, ChatCall& call) {
  constexpr double kMaxTokens = 1'000'000;
  constexpr double kMaxTemperature = 2;
  auto newer = read_number(body, "max_completion_tokens", 1, kMaxTokens);
  if (!newer) return std::unexpected(std::move(newer.error()));
  auto older = read_number(body, "max_tokens", 1, kMaxTokens);
  if (!older) return std::unexpected(std::move(older.error()));
  if (*newer && *older) {
    return refuse("max_tokens",
                  "Setting 'max_tokens' and 'max_completion_tokens' at the same time is not "
                  "supported.",
                  "invalid_parameter_combination");
  }
  if (const std::optional<double> limit = *newer ? *newer : *older) {
    call.max_tokens = static_cast<std::size_t>(*limit);
  }
  auto temperature = read_number(body, "temperature", 0, kMaxTemperature);
  if (!temperature) return std::unexpected(std::move(temperature.error()));
  auto choices = read_number(body, "n", 1, 1);
  if (!choices) return std::unexpected(std::move(choices.error()));
  return {};
}

bool is_schema_name(std::string_view name) {
  return !name.empty() && name.size() <= kMaxNameBytes &&
         std::ranges::all_of(
             name, [](unsigned char c) { return std::isalnum(c) != 0 || c == '_' || c == '-'; });
}

Checked read_json_schema(const json::object& format, ChatCall& call) {
  const json::value* const described = find_member(format, "json_schema");
  if (described == nullptr || !described->is_object()) {
    return refuse("response_format.json_schema",
                  "Missing required parameter: 'response_format.json_schema'.",
                  "missing_required_parameter");
  }
  const json::object& object = described->get_object();
  const json::value* const name = find_member(object, "name");
  if (name == nullptr || !name->is_string() || !is_schema_name(name->get_string())) {
    return refuse("response_format.json_schema.name",
                  "Invalid 'response_format.json_schema.name': expected 1 to 64 letters, digits, "
                  "underscores and hyphens.",
                  "invalid_value");
  }
  bool strict = false;
  if (Checked read = read_flag(object, "strict", "response_format.json_schema.strict", strict);
      !read) {
    return read;
  }
  const json::value* const schema = find_member(object, "schema");
  if (schema == nullptr || !schema->is_object()) {
    return refuse("response_format.json_schema.schema",
                  "Missing required parameter: 'response_format.json_schema.schema'.",
                  "missing_required_parameter");
  }
  call.schema = schema->get_object();
  if (!strict) return {};
  if (const auto objection = object_to_strict_schema(call.schema)) {
    return refuse("response_format", fmt::format("Invalid schema for response_format '{}': {}",
                                                 std::string_view(name->get_string()), *objection));
  }
  return {};
}

bool speaks_of_json(const ChatCall& call) {
  const auto contains = [](std::string_view text) {
    constexpr std::string_view kWord = "json";
    return !std::ranges::search(text, kWord, {}, [](unsigned char c) {
              return std::tolower(c);
            }).empty();
  };
  return contains(call.instructions) || contains(call.user_message);
}

Checked read_form(const json::object& body, ChatCall& call) {
  const json::value* const format = find_member(body, "response_format");
  if (format == nullptr) return {};
  const json::value* const type =
      format->is_object() ? find_member(format->get_object(), "type") : nullptr;
  if (type == nullptr || !type->is_string()) {
    return refuse("response_format.type", "Missing required parameter: 'response_format.type'.",
                  "missing_required_parameter");
  }
  const std::string_view name = type->get_string();
  if (name == "text") return {};
  if (name == "json_schema") {
    call.form = AnswerForm::kJsonSchema;
    return read_json_schema(format->get_object(), call);
  }
  if (name != "json_object") {
    return refuse("response_format.type",
                  fmt::format("Invalid value: '{}'. Supported values are: 'json_object', "
                              "'json_schema', and 'text'.",
                              name),
                  "invalid_value");
  }
  call.form = AnswerForm::kJsonObject;
  if (!speaks_of_json(call)) {
    return refuse("messages",
                  "'messages' must contain the word 'json' in some form, to use "
                  "'response_format' of type 'json_object'.");
  }
  return {};
}

Checked read_model(const json::object& body, std::string_view deployment, ChatCall& call) {
  const json::value* const model = find_member(body, "model");
  if (model != nullptr && !model->is_string()) return refuse_type("model", "a string");
  call.model = model == nullptr ? deployment : std::string_view(model->get_string());
  if (call.model.empty()) return refuse("", "you must provide a model parameter");
  return {};
}

}  // namespace

std::expected<ChatCall, ApiError> read_chat_call(std::string_view body,
                                                 std::string_view deployment) {
  boost::system::error_code failure;
  json::parse_options options;
  options.max_depth = kMaxDepth;
  const json::value value = json::parse(body, failure, {}, options);
  if (failure || !value.is_object()) {
    return refuse("",
                  "We could not parse the JSON body of your request. (HINT: This likely means you "
                  "aren't using your HTTP library correctly. The OpenAI API expects a JSON "
                  "payload, but what was sent was not valid JSON.)");
  }
  const json::object& object = value.get_object();
  ChatCall call;
  Checked read = read_model(object, deployment, call);
  if (read) read = read_messages(object, call);
  if (read) read = read_streaming(object, call);
  if (read) read = read_limits(object, call);
  if (read) read = read_form(object, call);
  if (!read) return std::unexpected(std::move(read.error()));
  return call;
}

}  // namespace graphrail::app::mock_llm
