#include "extract/model_extractor.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

#include "core/run_all.h"
#include "core/utf8.h"
#include "extract/extract_error.h"
#include "extract/model/chunk_reader.h"
#include "extract/model/prompt.h"
#include "graph/schema.h"

namespace graphrail::extract {
namespace model {

void Run::account(const llm::ChatAnswer& answer) {
  usage.prompt_tokens += answer.usage.prompt_tokens;
  usage.completion_tokens += answer.usage.completion_tokens;
  if (cost_usd && answer.cost_usd) {
    *cost_usd += *answer.cost_usd;
  } else {
    cost_usd.reset();
  }
  rung = std::max(rung, answer.rung);
  if (model.empty()) model = answer.model;
}

}  // namespace model

namespace {

using boost::asio::awaitable;
using model::ChunkOutcome;
using model::Run;

/// Made ready where the request is: cheaper than two hops through the pool, and a tenth of a
/// millisecond at most.
constexpr std::size_t kShortTextBytes = 1024;

/// Every further call would fail the same way.
bool is_final(const core::Error& error) {
  return error.is(llm::LlmError::kWrongKey) || error.is(llm::LlmError::kInsufficientQuota) ||
         error.is(llm::LlmError::kModelNotFound) || error.is(llm::LlmError::kCircuitOpen);
}

std::size_t count_chars(const Run& run, std::size_t chunk) {
  return core::count_code_points(run.index->text(run.index->chunks()[chunk]));
}

void report_failure(Run& run, std::size_t chunk, const core::Error& error) {
  run.assembly->warn(
      chunk, {"chunk_failed", fmt::format("Part {} of {} was not read to its end: {}", chunk + 1,
                                          run.outcomes.size(), error.public_text())});
}

/// Takes chunk after chunk until none is left.
awaitable<void> work_through(std::shared_ptr<Run> run) {
  while (run->next_chunk < run->outcomes.size()) {
    const std::size_t chunk = run->next_chunk++;
    ChunkOutcome outcome;
    if (run->final_failure) {
      outcome.error = *run->final_failure;
    } else {
      auto reading = model::read_chunk(run, chunk);
      outcome = co_await std::move(reading);
    }
    if (outcome.error) {
      if (is_final(*outcome.error)) run->final_failure = *outcome.error;
      report_failure(*run, chunk, *outcome.error);
    }
    run->outcomes[chunk] = std::move(outcome);
    run->assembly->finish(chunk);
    run->sink->progress({run->outcomes.size(), ++run->chunks_done});
  }
}

Coverage measure_coverage(const Run& run) {
  Coverage coverage;
  coverage.chunks = run.outcomes.size();
  for (std::size_t chunk = 0; chunk < run.outcomes.size(); ++chunk) {
    const std::size_t chars = count_chars(run, chunk);
    coverage.chars += chars;
    if (run.outcomes[chunk].is_read) {
      coverage.chars_read += chars;
    } else {
      ++coverage.failed_chunks;
    }
  }
  return coverage;
}

core::Result<ExtractionReport> conclude(Run& run) {
  ExtractionReport report;
  report.coverage = measure_coverage(run);
  const bool none_read = report.coverage->failed_chunks == run.outcomes.size();
  if (none_read && !run.outcomes.empty() && !run.assembly->has_elements()) {
    return core::fail(std::move(*run.outcomes.front().error));
  }
  report.engine = "llm";
  report.model = run.model;
  report.token_count = run.usage.total();
  report.cost_usd = run.cost_usd;
  report.rung = llm::to_string(run.rung);
  report.prompt_version = model::kPromptVersion;
  report.merges = run.assembly->merges();
  report.truncated = report.coverage->failed_chunks > 0;
  report.warnings = run.assembly->take_warnings();
  return report;
}

awaitable<core::Result<ExtractionReport>> read_all(std::shared_ptr<Run> run) {
  const std::size_t chunks = run->index->chunks().size();
  run->assembly = std::make_unique<model::Assembly>(run->index, run->request.schema, run->sink);
  run->outcomes.resize(chunks);
  run->sink->progress({chunks, 0});
  std::vector<awaitable<void>> workers;
  for (std::size_t i = 0; i < std::min(chunks, run->limits.parallel_chunks); ++i) {
    workers.push_back(work_through(run));
  }
  auto working = core::run_all(std::move(workers));
  co_await std::move(working);
  co_return conclude(*run);
}

class ModelExtractor final : public Extractor {
 public:
  explicit ModelExtractor(ModelExtractorParts parts) : parts_(std::move(parts)) {}

  awaitable<core::Result<ExtractionReport>> extract(ExtractionRequest request,
                                                    std::shared_ptr<ExtractionSink> sink) override {
    if (graph::find_schema(request.schema) == nullptr) {
      core::Error error(ExtractError::kSchemaUnsupported, {"Unknown schema."});
      co_return core::fail(std::move(error).with_field("schema"));
    }
    auto preparing = make_index(request.text, request.schema);
    core::Result<std::shared_ptr<const model::TextIndex>> index = co_await std::move(preparing);
    if (!index) co_return core::fail(std::move(index.error()));

    auto run = std::make_shared<Run>();
    run->request = std::move(request);
    run->client = parts_.client;
    run->clock = parts_.clock;
    run->random = parts_.random;
    run->limits = parts_.limits;
    run->index = std::move(*index);
    run->sink = std::move(sink);
    auto reading = boost::asio::co_spawn(parts_.client->executor(), read_all(std::move(run)),
                                         boost::asio::use_awaitable);
    co_return co_await std::move(reading);
  }

 private:
  /// The text made ready: a long one on the pool, a short one at once, because the way to another
  /// thread and back takes longer than the work.
  awaitable<core::Result<std::shared_ptr<const model::TextIndex>>> make_index(
      std::shared_ptr<const std::string> text, std::string schema) {
    auto work = [text, schema, chars = parts_.limits.chunk_chars] {
      return std::make_shared<const model::TextIndex>(text, schema, chars);
    };
    if (text->size() <= kShortTextBytes) co_return work();
    auto preparing = parts_.pool->run(std::move(work));
    co_return co_await std::move(preparing);
  }

  ModelExtractorParts parts_;
};

}  // namespace

std::shared_ptr<Extractor> make_model_extractor(ModelExtractorParts parts) {
  return std::make_shared<ModelExtractor>(std::move(parts));
}

}  // namespace graphrail::extract
