// A chat completions request, read and checked as the real server does it. Plain values.
#pragma once

#include <boost/json/object.hpp>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "app/mock_llm/api_error.h"

namespace graphrail::app::mock_llm {

enum class AnswerForm : std::uint8_t { kText, kJsonObject, kJsonSchema };

struct ChatCall {
  std::string model;
  /// Every system and developer message, one after the other.
  std::string instructions;
  /// The last user message; its text parts joined.
  std::string user_message;
  /// Bytes of all messages.
  std::size_t prompt_bytes = 0;
  bool stream = false;
  bool include_usage = false;
  std::optional<std::size_t> max_tokens;
  AnswerForm form = AnswerForm::kText;
  /// With kJsonSchema.
  boost::json::object schema;
};

/// `deployment` is the model of requests that name none (Azure has it in the path); empty
/// elsewhere.
[[nodiscard]] std::expected<ChatCall, ApiError> read_chat_call(std::string_view body,
                                                               std::string_view deployment);

}  // namespace graphrail::app::mock_llm
