// A bounded memory of facts about secrets, keyed by a 32-byte digest so that the secret itself is
// not kept. Entries expire; when full, the one that was used longest ago makes room.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <iterator>
#include <list>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <utility>

namespace graphrail::identity {

using Digest = std::array<std::uint8_t, 32>;

/// Safe from any thread. `Value` is copied out under the lock: make it cheap (a shared_ptr, an
/// enum). Times are in any unit, the same for all calls.
template <class Value>
class ExpiringMap {
 public:
  explicit ExpiringMap(std::size_t max_entries) : max_entries_(max_entries) {}

  /// The value, unless it expired at or before `now`.
  [[nodiscard]] std::optional<Value> find(const Digest& key, std::int64_t now) {
    const std::scoped_lock lock(mutex_);
    const auto found = by_key_.find(key);
    if (found == by_key_.end()) return std::nullopt;
    if (found->second->expires_at <= now) {
      remove(found->second);
      return std::nullopt;
    }
    by_use_.splice(by_use_.begin(), by_use_, found->second);
    return found->second->value;
  }

  void put(const Digest& key, Value value, std::int64_t expires_at) {
    const std::scoped_lock lock(mutex_);
    if (max_entries_ == 0) return;
    if (const auto old = by_key_.find(key); old != by_key_.end()) remove(old->second);
    if (by_key_.size() == max_entries_) remove(std::prev(by_use_.end()));
    by_use_.push_front({key, std::move(value), expires_at});
    by_key_.emplace(key, by_use_.begin());
  }

  void erase(const Digest& key) {
    const std::scoped_lock lock(mutex_);
    if (const auto found = by_key_.find(key); found != by_key_.end()) remove(found->second);
  }

  void clear() {
    const std::scoped_lock lock(mutex_);
    by_key_.clear();
    by_use_.clear();
  }

  [[nodiscard]] std::size_t size() const {
    const std::scoped_lock lock(mutex_);
    return by_key_.size();
  }

 private:
  struct Entry {
    Digest key;
    Value value;
    std::int64_t expires_at;
  };
  using Position = typename std::list<Entry>::iterator;
  /// A digest is its own hash.
  struct FirstBytes {
    std::size_t operator()(const Digest& digest) const noexcept {
      std::size_t hash = 0;
      std::memcpy(&hash, digest.data(), sizeof(hash));
      return hash;
    }
  };

  void remove(Position position) {
    by_key_.erase(position->key);
    by_use_.erase(position);
  }

  const std::size_t max_entries_;
  mutable std::mutex mutex_;
  std::list<Entry> by_use_;
  std::unordered_map<Digest, Position, FirstBytes> by_key_;
};

}  // namespace graphrail::identity
