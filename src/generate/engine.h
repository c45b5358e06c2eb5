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
  /// The caller's key pays for the model.
  bool uses_own_key = false;
};

/// auto means the model if a key for it is at hand (the caller's or the operator's), else the rules
/// engine, which needs no key. Fails with kEngineUnavailable (field `engine`), kSchemaUnsupported
/// (field `schema`), and IdentityError::kOwnKeysOff where own keys are not taken.
[[nodiscard]] core::Result<Plan> choose_engine(const GenerateRequest& request,
                                               const Generator::Parts& parts);

}  // namespace graphrail::generate
