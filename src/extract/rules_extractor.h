// The rules engine behind the Extractor seam: the pure function of rules/rules.h, run on the work
// pool so that a long text never holds an I/O thread.
#pragma once

#include <memory>

#include "core/work_pool.h"
#include "extract/extractor.h"

namespace graphrail::extract {

/// Knows the venture schema only: fails with ExtractError::kSchemaUnsupported for any other, and
/// with CoreError::kBusy. Emits all nodes, then all edges, on the caller's executor.
[[nodiscard]] std::shared_ptr<Extractor> make_rules_extractor(std::shared_ptr<core::WorkPool> pool);

}  // namespace graphrail::extract
