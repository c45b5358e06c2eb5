#include "generate/engine.h"

#include <fmt/format.h>

#include <string>
#include <utility>

namespace graphrail::generate {

namespace {

constexpr std::string_view kNoModel = "no model key or server is configured";

core::Error unsupported_schema(std::string text) {
  return core::Error(GenerateError::kSchemaUnsupported, {std::move(text)}).with_field("schema");
}

}  // namespace

core::Result<Plan> choose_engine(const GenerateRequest& request, const Generator::Parts& parts) {
  const bool has_model = parts.model != nullptr;
  if (request.engine == Engine::kLlm && !has_model) {
    core::Error error(GenerateError::kEngineUnavailable,
                      {fmt::format("Engine llm: {}; engine rules works without one.", kNoModel)});
    return core::fail(std::move(error).with_field("engine"));
  }
  const graph::Schema* schema = graph::find_schema(request.schema);
  if (schema == nullptr) {
    return core::fail(unsupported_schema("Unknown schema; venture and general exist."));
  }
  if (has_model && request.engine != Engine::kRules) return Plan{parts.model, schema, "llm"};
  if (schema != &graph::venture_schema()) {
    return core::fail(unsupported_schema(
        fmt::format("The rules engine only knows the venture schema; schema {} needs a model{}.",
                    schema->name, has_model ? "" : fmt::format(", and {}", kNoModel))));
  }
  return Plan{parts.rules, schema, "rules"};
}

}  // namespace graphrail::generate
