#include "net/robots_cache.h"

#include <utility>

namespace graphrail::net {

std::optional<RobotsRules> RobotsCache::find(const std::string& origin, TimePoint now) const {
  const auto found = entries_.find(origin);
  if (found == entries_.end() || found->second.expires <= now) return std::nullopt;
  return found->second.rules;
}

void RobotsCache::store(const std::string& origin, RobotsRules rules, std::chrono::seconds lifetime,
                        TimePoint now) {
  if (entries_.size() >= kMaxEntries) {
    std::erase_if(entries_, [&](const auto& item) { return item.second.expires <= now; });
  }
  if (entries_.size() >= kMaxEntries) entries_.clear();
  entries_.insert_or_assign(origin, Entry{std::move(rules), now + lifetime});
}

}  // namespace graphrail::net
