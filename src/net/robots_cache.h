// robots.txt rules by origin, bounded in number and age (RFC 9309 section 2.4: not older than a
// day). Not thread-safe: one strand.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <unordered_map>

#include "net/robots.h"

namespace graphrail::net {

class RobotsCache {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;

  /// The rules of `origin` ("https://example.com") if they are fresh at `now`.
  [[nodiscard]] std::optional<RobotsRules> find(const std::string& origin, TimePoint now) const;

  /// Keeps `rules` for `lifetime`. When full, what has expired goes, then everything.
  void store(const std::string& origin, RobotsRules rules, std::chrono::seconds lifetime,
             TimePoint now);

  [[nodiscard]] std::size_t size() const noexcept { return entries_.size(); }

  static constexpr std::size_t kMaxEntries = 256;

 private:
  struct Entry {
    RobotsRules rules;
    TimePoint expires;
  };
  std::unordered_map<std::string, Entry> entries_;
};

}  // namespace graphrail::net
