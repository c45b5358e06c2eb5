#include <algorithm>
#include <array>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <cctype>

#include "llm/chat.h"
#include "llm/json_lookup.h"

namespace graphrail::llm {
namespace {

namespace json = boost::json;

constexpr std::size_t kMaxMessageBytes = 400;

/// The words of a rejection, wherever the server put them.
struct Words {
  std::string code;
  std::string type;
  std::string parameter;
  std::string message;
};

/// Validation errors come as lists of places and reasons; as text they name the parameter.
std::string as_text(const json::value* value) {
  if (value == nullptr || value->is_null()) return {};
  if (value->is_string()) return std::string(value->get_string());
  return json::serialize(*value);
}

void read_error_object(const json::object& error, Words& words) {
  words.code = find_string(error, "code");
  words.type = find_string(error, "type");
  words.parameter = find_string(error, "param");
  words.message = find_string(error, "message");
}

Words read_words(std::string_view body) {
  Words words;
  boost::system::error_code failure;
  const json::value value = json::parse(body, failure);
  if (failure || !value.is_object()) {
    words.message = std::string(body.substr(0, kMaxMessageBytes));
    return words;
  }
  const json::object& root = value.get_object();
  if (const json::object* error = find_object(root, "error")) {
    read_error_object(*error, words);
  } else if (root.contains("error")) {
    words.message = find_string(root, "error");
  } else {
    read_error_object(root, words);
    if (words.message.empty()) words.message = as_text(root.if_contains("detail"));
    if (words.message.empty()) words.message = as_text(root.if_contains("message"));
  }
  words.message.resize(std::min(words.message.size(), kMaxMessageBytes));
  return words;
}

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

template <std::size_t N>
bool contains_any(std::string_view text, const std::array<std::string_view, N>& needles) {
  return std::any_of(needles.begin(), needles.end(), [text](std::string_view needle) {
    return text.find(needle) != std::string_view::npos;
  });
}

constexpr std::array<std::string_view, 6> kContextWords{
    "context_length_exceeded", "context length",  "context window",
    "too many tokens",         "maximum context", "prompt is too long"};
constexpr std::array<std::string_view, 4> kQuotaWords{
    "insufficient_quota", "exceeded your current quota", "out of credit", "billing_hard_limit"};
constexpr std::array<std::string_view, 3> kFilterWords{"content_filter", "content_policy",
                                                       "responsibleaipolicy"};
constexpr std::array<std::string_view, 12> kParameterWords{
    "response_format", "schema",        "max_completion_tokens", "stream_options",
    "unsupported",     "not support",   "unrecognized",          "unknown parameter",
    "grammar",         "not permitted", "extra_forbidden",       "not allowed"};

LlmError classify_bad_request(const Words& words, std::string_view all) {
  if (contains_any(all, kContextWords)) return LlmError::kContextOverflow;
  if (contains_any(all, kFilterWords)) return LlmError::kContentFiltered;
  if (words.code == "model_not_found") return LlmError::kModelNotFound;
  if (!words.parameter.empty() || contains_any(all, kParameterWords)) {
    return LlmError::kUnsupportedParameter;
  }
  return LlmError::kMalformedAnswer;
}

LlmError classify(int status, const Words& words) {
  const std::string all = lower(words.code + " " + words.type + " " + words.message);
  switch (status) {
    case 401:
    case 403:
      return contains_any(all, kFilterWords) ? LlmError::kContentFiltered : LlmError::kWrongKey;
    case 402:
      return LlmError::kInsufficientQuota;
    case 404:
      return LlmError::kModelNotFound;
    case 408:
      return LlmError::kTimeout;
    case 409:
      return LlmError::kUnavailable;
    case 413:
      return LlmError::kContextOverflow;
    case 429:
      return contains_any(all, kQuotaWords) ? LlmError::kInsufficientQuota : LlmError::kRateLimited;
    case 400:
    case 422:
      return classify_bad_request(words, all);
    default:
      return status >= 500 ? LlmError::kUnavailable : LlmError::kMalformedAnswer;
  }
}

}  // namespace

ServerRejection classify_rejection(int status, std::string_view body) {
  Words words = read_words(body);
  const LlmError error = classify(status, words);
  return {error, std::move(words.parameter), std::move(words.message)};
}

}  // namespace graphrail::llm
