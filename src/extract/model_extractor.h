// The model engine behind the Extractor seam: a text is asked about in chunks, answers are read
// while they are written, every element is grounded in the text before it is emitted.
#pragma once

#include <memory>

#include "core/clock.h"
#include "core/random.h"
#include "core/work_pool.h"
#include "extract/extractor.h"
#include "extract/model/run.h"
#include "llm/chat_client.h"

namespace graphrail::extract {

struct ModelExtractorParts {
  std::shared_ptr<llm::ChatClient> client;
  /// Makes long texts ready.
  std::shared_ptr<core::WorkPool> pool;
  /// Its steady side must run with Asio's timers.
  std::shared_ptr<const core::Clock> clock;
  /// Makes the marks around the text.
  std::shared_ptr<core::Random> random;
  model::ReadingLimits limits;
};

/// Knows every schema. Fails with the LlmError of the first chunk when nothing could be read; a
/// chunk that fails while others give something is the warning `chunk_failed` and missing from the
/// coverage.
/// Elements come in the order of the text, the same for the same answers, on the client's executor.
[[nodiscard]] std::shared_ptr<Extractor> make_model_extractor(ModelExtractorParts parts);

}  // namespace graphrail::extract
