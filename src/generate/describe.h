// Between an engine's report and what is answered and kept. Pure.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "extract/extractor.h"
#include "generate/generate.h"
#include "generate/source.h"
#include "graph/schema.h"
#include "history/graph_store.h"

namespace graphrail::generate {

/// Moves `from` to the end of `to`.
void append(std::vector<graph::Warning>& to, std::vector<graph::Warning> from);

/// What the contract's "meta" says once the engine has answered.
[[nodiscard]] GenerateMeta describe(const extract::ExtractionReport& report,
                                    const graph::Schema& schema, const Source& source);

/// The question to the engine. Only a page's text may be shared: others ask for the same page,
/// nobody for the same paste.
[[nodiscard]] extract::ExtractionRequest ask_about(const Source& source,
                                                   const graph::Schema& schema,
                                                   const GenerateRequest& request);

/// The record of a finished generation; `now` in Unix seconds.
[[nodiscard]] std::shared_ptr<const history::SavedGraph> to_saved(const GenerateResult& result,
                                                                  const Source& source,
                                                                  std::int64_t now,
                                                                  std::int64_t lifetime_seconds);

}  // namespace graphrail::generate
