// Page caches that misbehave as a case asks: one that is slow, one whose copies are damaged.
#pragma once

#include <memory>
#include <string>

#include "page/page_cache.h"

namespace graphrail::cases {

/// `kind` is "slow" (every answer takes two seconds), "corrupt" (the file's text was changed behind
/// the cache's back), or empty for a sound one. `folder` holds the file of the corrupt one.
[[nodiscard]] std::shared_ptr<page::PageCache> make_case_cache(const std::string& kind);

}  // namespace graphrail::cases
