// Remembers briefly that a URL has no text, so that a popular dead link is not fetched for every
// caller. Only lasting answers are kept (not found, wall, wrong type); an outage is asked again.
#pragma once

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "core/error.h"

namespace graphrail::page {

/// True for answers about the page itself, false for outages, refusals and overload.
[[nodiscard]] bool is_lasting(const core::Error& error) noexcept;

/// True when the origin or the way to it is out of order: a stale copy may serve.
[[nodiscard]] bool is_outage(const core::Error& error) noexcept;

/// Safe from any thread.
class NegativeMemory {
 public:
  static constexpr std::size_t kMaxEntries = 10'000;

  [[nodiscard]] std::optional<core::Error> recall(const std::string& key, std::int64_t now);
  /// Forgets everything when full: the entries live for a minute anyway.
  void remember(std::string key, core::Error error, std::int64_t expires_at);
  void forget(const std::string& key);

 private:
  struct Entry {
    core::Error error;
    std::int64_t expires_at;
  };
  std::mutex mutex_;
  std::unordered_map<std::string, Entry> entries_;
};

}  // namespace graphrail::page
