// Writes each hop of a fetch to the log and counts it: the reasons that the client is not told.
#pragma once

#include <memory>

#include "net/fetch.h"
#include "observe/metrics.h"

namespace graphrail::net {

/// Refusals and failures at level info, the rest at debug; URLs are logged without their query,
/// which may hold tokens. Counts graphrail_fetch_hops_total by verdict,
/// bytes and durations. `metrics` must outlive it.
[[nodiscard]] std::shared_ptr<FetchObserver> make_fetch_log(observe::Metrics& metrics);

}  // namespace graphrail::net
