// The charges the embedded ledger remembers, by request id: the open ones until they end or their
// lease does, the ended ones for a while, so that a repeated call finds its first outcome. One
// thread (the ledger's writer) owns the table; contains() may be asked from any thread.
#pragma once

#include <array>
#include <boost/intrusive/set.hpp>
#include <boost/unordered/unordered_flat_map.hpp>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "quota/hashed_text.h"
#include "quota/ledger.h"

namespace graphrail::quota {

/// Stored as these numbers; see the diagram in quota/ledger.h.
enum class ChargeState : std::uint8_t { kOpen = 0, kSettled = 1, kRefunded = 2, kExpired = 3 };

/// Whether the cost of a charge in that state is in the counters.
[[nodiscard]] constexpr bool is_counted(ChargeState state) noexcept {
  return state == ChargeState::kOpen || state == ChargeState::kSettled;
}

/// A claim that was met.
struct MetClaim {
  std::string subject;
  /// What is counted while the charge is: the reserved cost, later the spent one.
  std::uint64_t cost = 0;
  bool is_reservation = false;
  /// As the caller was told.
  std::uint64_t used = 0;
  std::uint64_t limit = 0;
};

class ChargeRecord : public boost::intrusive::set_base_hook<> {
 public:
  std::string request_id;
  Window window;
  ChargeState state = ChargeState::kOpen;
  /// Row number of the first claim in the database; the others follow.
  std::int64_t first_row = 0;
  /// Unix seconds from which an open charge counts as left behind.
  std::int64_t lease_end = 0;
  /// Unix seconds at which the charge left the state open; 0 before.
  std::int64_t ended_at = 0;
  std::vector<MetClaim> claims;

 private:
  friend class ChargeTable;
  bool is_listed_as_open_ = false;
  /// `lease_end` while listed as open, else `ended_at`.
  std::int64_t listed_at_ = 0;
};

class ChargeTable {
 public:
  ChargeTable() = default;
  ~ChargeTable();
  ChargeTable(const ChargeTable&) = delete;
  ChargeTable& operator=(const ChargeTable&) = delete;

  /// Whether the request id is known. Any thread.
  [[nodiscard]] bool contains(std::string_view request_id) const;

  /// Null when unknown. The writer only, like all that follows. The pointer is good until erase()
  /// or forget().
  [[nodiscard]] ChargeRecord* find(std::string_view request_id);

  /// Takes the record in; its request id must be unknown.
  ChargeRecord& insert(std::unique_ptr<ChargeRecord> record);
  void erase(ChargeRecord& record);
  /// To be called after `record.state` or its times have changed: lists it where it belongs now.
  void relist(ChargeRecord& record);

  /// The open charge whose lease ends first; null when none is open.
  [[nodiscard]] ChargeRecord* first_open() noexcept;
  /// Forgets the ended charges that ended first, as long as they ended before `before` or there are
  /// more than `most` of them.
  void forget_ended(std::int64_t before, std::size_t most);

  [[nodiscard]] std::size_t open_count() const noexcept { return open_.size(); }
  [[nodiscard]] std::size_t ended_count() const noexcept { return ended_.size(); }

 private:
  void enlist(ChargeRecord& record) noexcept;
  void unlist(ChargeRecord& record) noexcept;

  struct ByTime {
    bool operator()(const ChargeRecord& a, const ChargeRecord& b) const noexcept {
      return a.listed_at_ < b.listed_at_;
    }
  };
  /// Times mostly come in ascending order, which makes an insertion at the end a matter of
  /// constant time; a clock that was set back, or a group that was taken back, is sorted in.
  using List = boost::intrusive::multiset<ChargeRecord, boost::intrusive::compare<ByTime>>;
  struct alignas(64) Shard {
    mutable std::mutex mutex;
    /// The keys are the records' own request ids.
    boost::unordered_flat_map<HashedText, std::unique_ptr<ChargeRecord>, TextHash, TextEqual>
        records;
  };
  static constexpr std::size_t kShards = 16;

  [[nodiscard]] Shard& shard_of(const HashedText& request_id) noexcept;
  [[nodiscard]] const Shard& shard_of(const HashedText& request_id) const noexcept;

  std::array<Shard, kShards> shards_;
  List open_;
  List ended_;
};

}  // namespace graphrail::quota
