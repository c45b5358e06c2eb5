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
};

/// auto means the rules engine as long as no model is at hand. Fails with kEngineUnavailable (field
/// `engine`) and kSchemaUnsupported (field `schema`).
[[nodiscard]] core::Result<Plan> choose_engine(const GenerateRequest& request,
                                               const Generator::Parts& parts);

}  // namespace graphrail::generate
