// Which engine answers a request. Pure.
#pragma once

#include "core/result.h"
#include "generate/generate.h"
#include "graph/schema.h"

namespace graphrail::generate {

/// The engine and the schema a request ends up with.
struct Plan {
  std::shared_ptr<extract::Extractor> extractor;
  const graph::Schema* schema = nullptr;
  /// "llm" or "rules".
  std::string_view engine;
};

/// auto means the model if there is one, else the rules engine. Fails with kEngineUnavailable
/// (field `engine`) and kSchemaUnsupported (field `schema`).
[[nodiscard]] core::Result<Plan> choose_engine(const GenerateRequest& request,
                                               const Generator::Parts& parts);

}  // namespace graphrail::generate
