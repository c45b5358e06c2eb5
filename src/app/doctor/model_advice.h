// A failed call to the model server in words that say what to do. Pure.
#pragma once

#include <string>
#include <vector>

#include "app/doctor/model_sight.h"
#include "core/error.h"

namespace graphrail::app::doctor {

struct Advice {
  std::string seen;
  std::string mend;
  /// The server cannot be reached or does not answer.
  bool is_unavailable = false;
};

/// `error` is an error of the room llm; `models` are names the server listed, perhaps none.
[[nodiscard]] Advice advise(const core::Error& error, const ModelSetting& setting,
                            const std::vector<std::string>& models);

/// "a, b, c and 12 more"; those that begin like `wanted` first.
[[nodiscard]] std::string name_some(const std::vector<std::string>& models,
                                    const std::string& wanted);

/// "OPENAI_BASE_URL is https://x; is that right? It usually ends in /v1." or, where it does, what
/// else may be wrong with it.
[[nodiscard]] std::string doubt_address(const ModelSetting& setting);

}  // namespace graphrail::app::doctor
