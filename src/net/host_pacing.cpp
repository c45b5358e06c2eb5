#include "net/host_pacing.h"

#include <algorithm>

namespace graphrail::net {

using namespace std::chrono;

HostPacing::Entry& HostPacing::touch(std::string_view host, TimePoint now) {
  if (const auto found = hosts_.find(host); found != hosts_.end()) {
    entries_.splice(entries_.begin(), entries_, found->second);
    return entries_.front();
  }
  if (hosts_.size() >= std::max<std::size_t>(options_.max_hosts, 1)) {
    hosts_.erase(entries_.back().host);
    entries_.pop_back();
  }
  entries_.push_front({std::string(host), options_.burst, now, TimePoint::min()});
  hosts_.emplace(entries_.front().host, entries_.begin());
  return entries_.front();
}

HostPacing::Admission HostPacing::admit(std::string_view host, TimePoint now) {
  Entry& entry = touch(host, now);
  if (entry.held_until > now) return {ceil<seconds>(entry.held_until - now), {}};
  if (options_.rate_per_second <= 0) return {};
  const double elapsed = duration<double>(now - entry.refilled).count();
  entry.tokens = std::min(options_.burst, entry.tokens + elapsed * options_.rate_per_second);
  entry.refilled = now;
  // Tokens may go below zero: later callers then wait behind this one.
  entry.tokens -= 1;
  if (entry.tokens >= 0) return {};
  return {seconds(0),
          ceil<milliseconds>(duration<double>(-entry.tokens / options_.rate_per_second))};
}

void HostPacing::hold(std::string_view host, seconds wait, TimePoint now) {
  Entry& entry = touch(host, now);
  entry.held_until = std::max(entry.held_until, now + std::min(wait, options_.max_hold));
}

}  // namespace graphrail::net
