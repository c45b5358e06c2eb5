#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include "generate/generate.h"
#include "graph/json.h"

namespace graphrail::generate {

namespace json = boost::json;

json::object to_json(const GenerateMeta& meta) {
  json::array warnings;
  warnings.reserve(meta.warnings.size());
  for (const graph::Warning& warning : meta.warnings) warnings.push_back(graph::to_json(warning));
  json::object out;
  out["session_id"] = meta.session_id;
  out["token_count"] = meta.token_count;
  out["source_type"] = meta.source_type;
  out["processing_ms"] = meta.processing_ms;
  out["cache_hit"] = meta.cache_hit;
  out["cache_age_seconds"] =
      meta.cache_age_seconds ? json::value(*meta.cache_age_seconds) : nullptr;
  out["engine"] = meta.engine;
  out["model"] = meta.model ? json::value(*meta.model) : nullptr;
  out["schema"] = meta.schema;
  out["metered"] = meta.metered;
  out["truncated"] = meta.truncated;
  out["input_chars"] = meta.input_chars;
  out["warnings"] = std::move(warnings);
  return out;
}

json::object to_json(const GenerateResult& result) {
  json::object out;
  out["graph"] = graph::to_json(result.graph);
  out["meta"] = to_json(result.meta);
  return out;
}

}  // namespace graphrail::generate
