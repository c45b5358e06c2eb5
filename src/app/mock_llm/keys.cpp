#include "app/mock_llm/keys.h"

#include "http/message.h"

namespace graphrail::app::mock_llm {
namespace {

ApiError refused(std::string message) {
  return {401, std::move(message), "invalid_request_error", "", "invalid_api_key"};
}

/// The scheme compares without case (RFC 9110 section 11.1).
std::string_view bearer_token(std::string_view authorization) {
  constexpr std::string_view kScheme = "Bearer ";
  if (!http::equal_field_names(authorization.substr(0, kScheme.size()), kScheme)) return {};
  std::string_view token = authorization.substr(kScheme.size());
  while (token.starts_with(' ')) token.remove_prefix(1);
  return token;
}

}  // namespace

std::optional<ApiError> check_key(const KeyRules& rules, std::string_view authorization,
                                  std::string_view api_key) {
  const std::string_view key = api_key.empty() ? bearer_token(authorization) : api_key;
  if (key.empty()) {
    if (rules.no_key_needed) return std::nullopt;
    return refused(
        "You didn't provide an API key. You need to provide your API key in an Authorization "
        "header using Bearer auth (i.e. Authorization: Bearer YOUR_KEY).");
  }
  if (key.starts_with("sk-bad") || (!rules.only.empty() && key != rules.only)) {
    return refused("Incorrect API key provided.");
  }
  if (key.starts_with("sk-broke")) {
    return ApiError{429,
                    "You exceeded your current quota, please check your plan and billing details.",
                    "insufficient_quota", "", "insufficient_quota"};
  }
  return std::nullopt;
}

}  // namespace graphrail::app::mock_llm
