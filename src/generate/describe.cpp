#include "generate/describe.h"

#include <boost/json/serialize.hpp>
#include <iterator>
#include <utility>

namespace graphrail::generate {

void append(std::vector<graph::Warning>& to, std::vector<graph::Warning> from) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

GenerateMeta describe(const extract::ExtractionReport& report, const graph::Schema& schema,
                      const Source& source) {
  GenerateMeta meta;
  meta.token_count = report.token_count;
  meta.engine = report.engine;
  if (!report.model.empty()) meta.model = report.model;
  meta.schema = schema.name;
  meta.source_type = source.url.empty() ? "text" : "url";
  meta.cache_hit = source.cache_hit;
  meta.cache_age_seconds = source.cache_age_seconds;
  meta.truncated = source.truncated || report.truncated;
  meta.input_chars = source.chars;
  meta.cost_usd = report.cost_usd;
  meta.coverage = report.coverage;
  meta.merges = report.merges;
  if (!report.prompt_version.empty()) meta.prompt_version = report.prompt_version;
  if (!report.rung.empty()) meta.answer_form = report.rung;
  meta.graph_cache_age_seconds = report.cache_age_seconds;
  meta.warnings = source.warnings;
  append(meta.warnings, report.warnings);
  return meta;
}

extract::ExtractionRequest ask_about(const Source& source, const graph::Schema& schema,
                                     const GenerateRequest& request) {
  return {.text = source.text,
          .schema = std::string(schema.name),
          .key = request.own_key,
          .is_shareable = !source.url.empty(),
          .force_refresh = request.force_refresh};
}

std::shared_ptr<const history::SavedGraph> to_saved(const GenerateResult& result,
                                                    const Source& source, std::int64_t now,
                                                    std::int64_t lifetime_seconds) {
  auto saved = std::make_shared<history::SavedGraph>();
  saved->session_id = result.meta.session_id;
  saved->title = source.title;
  saved->source_url = source.url;
  saved->graph = result.graph;
  saved->meta_json = boost::json::serialize(to_json(result.meta));
  saved->source_text = *source.text;
  saved->created_at = now;
  saved->expires_at = now + lifetime_seconds;
  return saved;
}

}  // namespace graphrail::generate
