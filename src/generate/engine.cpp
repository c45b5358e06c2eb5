#include "generate/engine.h"

#include <fmt/format.h>

#include <string>
#include <utility>

#include "identity/identity_error.h"

namespace graphrail::generate {

namespace {

constexpr std::string_view kNoModel = "no model key or server is configured";

core::Error unsupported_schema(std::string text) {
  return core::Error(GenerateError::kSchemaUnsupported, {std::move(text)}).with_field("schema");
}

}  // namespace

core::Result<Plan> choose_engine(const GenerateRequest& request, const Generator::Parts& parts) {
  const bool brings_key = request.own_key != nullptr && request.engine != Engine::kRules;
  if (brings_key && parts.own_key_model == nullptr) {
    return identity::fail_identity(identity::IdentityError::kOwnKeysOff);
  }
  const bool has_model = brings_key || parts.model != nullptr;
  if (request.engine == Engine::kLlm && !has_model) {
    core::Error error(GenerateError::kEngineUnavailable,
                      {fmt::format("Engine llm: {}; engine rules works without one.", kNoModel)});
    return core::fail(std::move(error).with_field("engine"));
  }
  const graph::Schema* schema = graph::find_schema(request.schema);
  if (schema == nullptr) {
    return core::fail(unsupported_schema("Unknown schema; venture and general exist."));
  }
  if (has_model && request.engine != Engine::kRules) {
    return Plan{brings_key ? parts.own_key_model : parts.model, schema, "llm", brings_key};
  }
  if (schema != &graph::venture_schema()) {
    return core::fail(unsupported_schema(
        fmt::format("The rules engine only knows the venture schema; schema {} needs a model{}.",
                    schema->name, has_model ? "" : fmt::format(", and {}", kNoModel))));
  }
  return Plan{parts.rules, schema, "rules", false};
}

}  // namespace graphrail::generate
