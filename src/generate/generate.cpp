#include "generate/generate.h"

#include <boost/json/serialize.hpp>
#include <chrono>
#include <iterator>
#include <utility>

#include "generate/collector.h"
#include "generate/engine.h"
#include "generate/model_failure.h"
#include "generate/source.h"
#include "generate/until_gone.h"
#include "observe/log.h"

namespace graphrail::generate {
namespace {

constexpr std::size_t kSessionIdBytes = 16;

void append(std::vector<graph::Warning>& to, std::vector<graph::Warning> from) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

void tell(const std::shared_ptr<Audience>& audience, std::string_view stage,
          const boost::json::object& detail) {
  if (audience) audience->stage(stage, detail);
}

void warn(const std::shared_ptr<Audience>& audience, const std::vector<graph::Warning>& warnings) {
  if (!audience) return;
  for (const graph::Warning& warning : warnings) audience->warning(warning);
}

/// What the contract's "meta" says once the engine has answered.
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

/// Only a page's text may be shared: others ask for the same page, nobody for the same paste.
extract::ExtractionRequest ask_about(const Source& source, const graph::Schema& schema,
                                     bool force_refresh) {
  return {.text = source.text,
          .schema = std::string(schema.name),
          .is_shareable = !source.url.empty(),
          .force_refresh = force_refresh};
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

std::int64_t milliseconds_since(core::Clock::SteadyTime started, const core::Clock& clock) {
  return std::chrono::floor<std::chrono::milliseconds>(clock.steady_now() - started).count();
}

}  // namespace

boost::asio::awaitable<core::Result<GenerateResult>> Generator::generate(GenerateRequest request) {
  const core::Clock::SteadyTime started = parts_.clock->steady_now();
  const std::shared_ptr<Audience> audience = request.audience;

  core::Result<Plan> plan = choose_engine(request, parts_);
  if (!plan) co_return core::fail(std::move(plan.error()));

  if (is_url(request.input)) tell(audience, "reading", {});
  auto reading = until_gone(audience, read_source(std::move(request.input), request.force_refresh));
  core::Result<Source> source = co_await std::move(reading);
  if (!source) co_return core::fail(std::move(source.error()));

  tell(audience, "extracting", {{"engine", plan->engine}, {"input_chars", source->chars}});
  auto collector = std::make_shared<GraphCollector>(*plan->schema, source->text, audience);
  auto extracting = until_gone(
      audience, plan->extractor->extract(ask_about(*source, *plan->schema, request.force_refresh),
                                         collector));
  core::Result<extract::ExtractionReport> report = co_await std::move(extracting);
  if (!report) co_return core::fail(to_model_failure(std::move(report.error())));

  GenerateResult result;
  result.meta = describe(*report, *plan->schema, *source);
  graph::ValidatedGraph sound = collector->take();
  append(result.meta.warnings, std::move(sound.warnings));
  result.graph = std::move(sound.graph);
  result.meta.session_id = core::random_hex(*parts_.random, kSessionIdBytes);
  result.meta.processing_ms = milliseconds_since(started, *parts_.clock);

  tell(audience, "saving", {});
  auto saving = save(to_saved(result, *source, parts_.clock->unix_seconds(),
                              parts_.limits.anonymous_lifetime_seconds));
  std::optional<graph::Warning> not_saved = co_await std::move(saving);
  if (not_saved) result.meta.warnings.push_back(std::move(*not_saved));
  warn(audience, result.meta.warnings);
  co_return result;
}

boost::asio::awaitable<core::Result<Source>> Generator::read_source(std::string input,
                                                                    bool force_refresh) {
  if (!is_url(input)) co_return read_text(std::move(input), parts_.limits);
  if (parts_.pages == nullptr) {
    co_return core::fail(
        core::Error(GenerateError::kUrlUnsupported,
                    {"Addresses are not read here; paste the page's text instead."})
            .with_field("input"));
  }
  page::PageRequest page{input, force_refresh};
  auto reading = parts_.pages->read(std::move(page));
  core::Result<page::PageReading> read = co_await std::move(reading);
  if (!read) co_return core::fail(to_generate_error(std::move(read.error())));
  co_return make_page_source(std::move(input), *read, parts_.limits, parts_.clock->unix_seconds());
}

boost::asio::awaitable<std::optional<graph::Warning>> Generator::save(
    std::shared_ptr<const history::SavedGraph> graph) {
  if (parts_.graphs == nullptr) co_return std::nullopt;
  auto saving = parts_.graphs->save(std::move(graph));
  const core::Result<void> saved = co_await std::move(saving);
  if (saved) co_return std::nullopt;
  observe::log_warn("graph not saved", {{"code", saved.error().code().message()},
                                        {"cause", saved.error().private_cause()}});
  co_return graph::Warning{
      "not_saved", "The graph could not be saved; it cannot be opened again by its session id."};
}

}  // namespace graphrail::generate
