// What the chunks of one extraction share while they are read. Owned by the extraction, used on the
// client's executor.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/clock.h"
#include "core/random.h"
#include "extract/extractor.h"
#include "extract/model/assembly.h"
#include "extract/model/text_index.h"
#include "llm/chat_client.h"

namespace graphrail::extract::model {

struct ReadingLimits {
  /// Code points that a model is sent at once.
  std::size_t chunk_chars = 32'000;
  /// Chunks of one text that are asked about at the same time.
  std::size_t parallel_chunks = 4;
  std::uint32_t max_output_tokens = 16'000;
  /// For one call with its retries.
  std::chrono::milliseconds call_timeout{120'000};
  /// Calls for the rest of a cut answer.
  int max_continuations = 4;
  /// How often a chunk is halved when the model cannot take it at once.
  int max_halvings = 3;
};

/// How reading one chunk ended.
struct ChunkOutcome {
  /// Why it was not read to its end; what was found before stands.
  std::optional<core::Error> error;
  bool is_read = false;
};

struct Run {
  ExtractionRequest request;
  std::shared_ptr<llm::ChatClient> client;
  std::shared_ptr<const core::Clock> clock;
  std::shared_ptr<core::Random> random;
  ReadingLimits limits;
  std::shared_ptr<const TextIndex> index;
  std::shared_ptr<ExtractionSink> sink;
  std::unique_ptr<Assembly> assembly;

  std::vector<ChunkOutcome> outcomes;
  std::size_t next_chunk = 0;
  std::size_t chunks_done = 0;
  /// Set when no call can succeed any more (wrong key, no money): the chunks left are not asked.
  std::optional<core::Error> final_failure;

  /// Sums over the calls.
  llm::TokenUsage usage;
  std::optional<double> cost_usd = 0.0;
  llm::Rung rung = llm::Rung::kStrictSchema;
  std::string model;

  void account(const llm::ChatAnswer& answer);
};

}  // namespace graphrail::extract::model
