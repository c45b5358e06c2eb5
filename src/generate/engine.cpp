#include "generate/engine.h"

#include <fmt/format.h>

namespace graphrail::generate {

core::Result<Plan> choose_engine(const GenerateRequest& request, const Generator::Parts& parts) {
  if (request.engine == Engine::kLlm) {
    core::Error error(GenerateError::kEngineUnavailable,
                      {"No model key is configured; engine rules works without one."});
    return core::fail(std::move(error).with_field("engine"));
  }
  const graph::Schema* schema = graph::find_schema(request.schema);
  if (schema != &graph::venture_schema()) {
    const std::string text =
        schema == nullptr ? "Unknown schema; venture and general exist."
                          : fmt::format(
                                "The rules engine only knows the venture schema; schema {} needs a "
                                "model, and no model key is configured.",
                                schema->name);
    return core::fail(core::Error(GenerateError::kSchemaUnsupported, {text}).with_field("schema"));
  }
  return Plan{parts.rules, schema};
}

}  // namespace graphrail::generate
