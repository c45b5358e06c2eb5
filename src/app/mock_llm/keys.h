// Who may call the mock server. The keys are made up: "sk-bad…" is refused, "sk-broke…" has no
// credit left, any other is welcome, unless one is named that alone is. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/mock_llm/api_error.h"

namespace graphrail::app::mock_llm {

struct KeyRules {
  /// The only key that is accepted; empty for any.
  std::string only;
  /// Requests without a key are answered.
  bool no_key_needed = false;
};

/// `authorization` is the Authorization field ("Bearer K"), `api_key` the one that Azure's clients
/// send; both may be empty. Nothing when the caller may go on.
[[nodiscard]] std::optional<ApiError> check_key(const KeyRules& rules,
                                                std::string_view authorization,
                                                std::string_view api_key);

}  // namespace graphrail::app::mock_llm
