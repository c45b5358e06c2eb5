// One model call for many who ask for the same page at the same time, and none for those who ask
// within the hour after: a front for another engine. Everyone sees the elements as they come; who
// joins late gets what was found so far at once. The call is cancelled when the last one leaves.
#pragma once

#include <memory>
#include <string>

#include "core/clock.h"
#include "extract/extractor.h"
#include "history/graph_cache.h"

namespace graphrail::generate {

struct SharedExtractorParts {
  std::shared_ptr<extract::Extractor> engine;
  std::shared_ptr<history::GraphCache> cache;
  std::shared_ptr<const core::Clock> clock;
  /// What beside text and schema decides the answer: model and prompt version.
  std::string fingerprint;
};

/// Requests that are not shareable, or carry their own key, go to the engine as they are.
[[nodiscard]] std::shared_ptr<extract::Extractor> make_shared_extractor(SharedExtractorParts parts);

}  // namespace graphrail::generate
