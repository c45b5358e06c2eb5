// What a caller has used of its allowance, as GET /api/usage shows it.
#pragma once

#include <cstdint>
#include <string>

namespace graphrail::quota {

/// All counts in generations; `reset` is the Unix second at which the next window begins. With
/// quotas off, used, limit and reset are 0 and `metered` is false.
struct Usage {
  std::uint64_t used = 0;
  std::uint64_t limit = 0;
  std::int64_t reset = 0;
  std::uint64_t remaining = 0;
  std::string tier = "anon";
  bool metered = false;
};

}  // namespace graphrail::quota
