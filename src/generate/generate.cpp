#include "generate/generate.h"

#include <boost/json/serialize.hpp>
#include <chrono>
#include <iterator>
#include <utility>

#include "generate/engine.h"
#include "generate/source.h"
#include "graph/co_invested.h"
#include "graph/validate.h"
#include "observe/log.h"

namespace graphrail::generate {
namespace {

constexpr std::size_t kSessionIdBytes = 16;

/// Holds what the engine emits until it is validated as a whole.
class GraphCollector final : public extract::ExtractionSink {
 public:
  void node(graph::Node node) override { graph_.nodes.push_back(std::move(node)); }
  void edge(graph::Edge edge) override { graph_.edges.push_back(std::move(edge)); }
  void progress(extract::ExtractionProgress) override {}
  [[nodiscard]] graph::Graph take() { return std::move(graph_); }

 private:
  graph::Graph graph_;
};

void append(std::vector<graph::Warning>& to, std::vector<graph::Warning> from) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

/// validate + ground, then what follows from the graph itself.
graph::Graph make_sound(graph::Graph found, const graph::Schema& schema, const Source& source,
                        std::vector<graph::Warning>& warnings) {
  graph::ValidatedGraph validated = graph::validate(std::move(found), schema, *source.text);
  append(warnings, std::move(validated.warnings));
  graph::derive_co_invested(validated.graph);
  return std::move(validated.graph);
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
  meta.warnings = source.warnings;
  append(meta.warnings, report.warnings);
  return meta;
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

  core::Result<Plan> plan = choose_engine(request, parts_);
  if (!plan) co_return core::fail(std::move(plan.error()));

  auto reading = read_source(std::move(request.input), request.force_refresh);
  core::Result<Source> source = co_await std::move(reading);
  if (!source) co_return core::fail(std::move(source.error()));

  auto collector = std::make_shared<GraphCollector>();
  extract::ExtractionRequest text_to_read{.text = source->text,
                                          .schema = std::string(plan->schema->name)};
  auto extracting = plan->extractor->extract(std::move(text_to_read), collector);
  core::Result<extract::ExtractionReport> report = co_await std::move(extracting);
  if (!report) co_return core::fail(std::move(report.error()));

  GenerateResult result;
  result.meta = describe(*report, *plan->schema, *source);
  result.graph = make_sound(collector->take(), *plan->schema, *source, result.meta.warnings);
  result.meta.session_id = core::random_hex(*parts_.random, kSessionIdBytes);
  result.meta.processing_ms = milliseconds_since(started, *parts_.clock);

  auto saving = save(to_saved(result, *source, parts_.clock->unix_seconds(),
                              parts_.limits.anonymous_lifetime_seconds));
  std::optional<graph::Warning> not_saved = co_await std::move(saving);
  if (not_saved) result.meta.warnings.push_back(std::move(*not_saved));
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
