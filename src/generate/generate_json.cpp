#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <cmath>

#include "generate/generate.h"
#include "generate/report_json.h"
#include "graph/json.h"

namespace graphrail::generate {

namespace json = boost::json;

namespace {

template <class T>
json::value value_or_null(const std::optional<T>& value) {
  return value ? json::value(*value) : json::value(nullptr);
}

/// To a millionth of a cent: sums of binary fractions have a tail that means nothing.
double round_price(double usd) {
  constexpr double kSteps = 1e8;
  return std::round(usd * kSteps) / kSteps;
}

}  // namespace

json::object to_json(const GenerateMeta& meta) {
  json::array warnings;
  warnings.reserve(meta.warnings.size());
  for (const graph::Warning& warning : meta.warnings) warnings.push_back(graph::to_json(warning));
  json::array merges;
  for (const extract::EntityMerge& merge : meta.merges) merges.push_back(to_json(merge));
  json::object out;
  constexpr std::size_t kMembers = 24;
  out.reserve(kMembers);
  out["session_id"] = meta.session_id;
  out["token_count"] = meta.token_count;
  out["source_type"] = meta.source_type;
  out["processing_ms"] = meta.processing_ms;
  out["cache_hit"] = meta.cache_hit;
  out["cache_age_seconds"] = value_or_null(meta.cache_age_seconds);
  out["graph_cache_age_seconds"] = value_or_null(meta.graph_cache_age_seconds);
  out["engine"] = meta.engine;
  out["model"] = value_or_null(meta.model);
  out["prompt_version"] = value_or_null(meta.prompt_version);
  out["answer_form"] = value_or_null(meta.answer_form);
  out["cost_usd"] = meta.cost_usd ? json::value(round_price(*meta.cost_usd)) : nullptr;
  out["schema"] = meta.schema;
  out["metered"] = meta.metered;
  out["truncated"] = meta.truncated;
  out["input_chars"] = meta.input_chars;
  out["coverage"] = meta.coverage ? json::value(to_json(*meta.coverage)) : nullptr;
  out["merges"] = std::move(merges);
  out["warnings"] = std::move(warnings);
  return out;
}

json::object to_json(const GenerateResult& result) {
  json::object out;
  out["graph"] = graph::to_json(result.graph);
  out["meta"] = to_json(result.meta);
  return out;
}

std::string to_json_text(const GenerateResult& result) {
  return R"({"graph":)" + graph::to_json_text(result.graph) + R"(,"meta":)" +
         json::serialize(to_json(result.meta)) + "}";
}

}  // namespace graphrail::generate
