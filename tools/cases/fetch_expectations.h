// Compares what a fetch gave with what a fetch case expects.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "cases/case_file.h"
#include "cases/runners.h"
#include "core/result.h"
#include "net/fetch.h"

namespace graphrail::cases {

/// Everything that was observed about one fetch.
struct Observed {
  std::optional<core::Result<net::FetchedPage>> page;
  std::chrono::milliseconds elapsed{0};
  /// Of the last hop.
  std::uint64_t wire_bytes = 0;
  std::uint64_t decoded_bytes = 0;
  std::optional<std::chrono::seconds> retry_after;
};

/// True when the case can be judged only with the page's text.
[[nodiscard]] bool needs_text(const Case& item);

/// True when the case is about the page cache, which stands above the fetcher.
[[nodiscard]] bool needs_cache(const Case& item);

/// Judges one case. `reader` may be empty.
[[nodiscard]] CaseResult judge(const Case& item, const Observed& observed,
                               const PageReader& reader);

}  // namespace graphrail::cases
