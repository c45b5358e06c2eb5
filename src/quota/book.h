// The embedded ledger's decisions, in memory: what a charge, a settle, a refund and the end of a
// lease do to the counters. No I/O and no clock: the time comes with each call. Every change is
// noted, so that the caller writes it down, or takes it back when it could not be written. One
// thread (the ledger's writer) changes the book, any thread reads standings.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/result.h"
#include "quota/charge_table.h"
#include "quota/counter_table.h"
#include "quota/ledger.h"

namespace graphrail::quota {

struct BookOptions {
  /// How long a charge may stay open; longer than the longest generation. At most an hour, for
  /// which the counters of a past window stay.
  std::int64_t lease_seconds = 900;
  /// How long an ended charge is remembered, and how many at most.
  std::int64_t remember_seconds = 3'600;
  std::size_t max_remembered = 1'000'000;
  /// Charges open at once; more are refused as busy.
  std::size_t max_open = 1'000'000;
};

/// What happened to one record, with what it was before.
struct Change {
  ChargeRecord* record = nullptr;
  /// The charge is new: taking it back removes it.
  bool is_new = false;
  ChargeState state_before = ChargeState::kOpen;
  std::int64_t ended_at_before = 0;
  /// Of the claim that is a reservation.
  std::uint64_t reserved_before = 0;
};
using Changes = std::vector<Change>;

class Book {
 public:
  explicit Book(BookOptions options) : options_(options) {}

  /// As Ledger::charge() etc. say; `now` in Unix seconds. Each first does what expire() does. What
  /// they change is appended to `changes`; the records in there stay alive until tidy(). The writer
  /// only.
  [[nodiscard]] core::Result<Charge> charge(const std::string& request_id,
                                            const std::vector<Claim>& claims, std::int64_t now,
                                            Changes& changes);
  [[nodiscard]] core::Result<void> settle(const std::string& request_id,
                                          std::optional<std::uint64_t> spent, std::int64_t now,
                                          Changes& changes);
  [[nodiscard]] bool refund(const std::string& request_id, std::int64_t now, Changes& changes);
  /// Gives back the open charges whose lease has ended; returns how many.
  std::size_t expire(std::int64_t now, Changes& changes);

  /// Takes `changes`, the last ones made, back, and empties them. The writer only.
  void undo(Changes& changes);

  /// Forgets what need not be remembered at `now`; true while counters of past windows may be left,
  /// of which each call frees a part. The writer only, with no changes outstanding.
  bool tidy(std::int64_t now);

  /// Takes in a charge read from the database, its `first_row` included. Before first use.
  void restore(std::unique_ptr<ChargeRecord> record, std::int64_t now);

  /// The counter at `now`. Any thread.
  [[nodiscard]] Standing standing(std::string_view subject, std::uint64_t limit,
                                  std::int64_t now) const;

  /// A denial that is certain without the writer, because a counter is full and the request id
  /// unknown; nothing when the writer has to decide. Any thread.
  [[nodiscard]] std::optional<Charge> deny_at_once(const std::string& request_id,
                                                   const std::vector<Claim>& claims,
                                                   std::int64_t now) const;

  /// The first window whose counters are kept at `now`.
  [[nodiscard]] static Window oldest_kept(std::int64_t now) noexcept;

  /// How many leases have ended since the start. The writer only.
  [[nodiscard]] std::uint64_t expired_total() const noexcept { return expired_total_; }
  [[nodiscard]] bool has_open_charges() const noexcept { return charges_.open_count() > 0; }
  [[nodiscard]] const CounterTable& counters() const noexcept { return counters_; }
  [[nodiscard]] const ChargeTable& charges() const noexcept { return charges_; }

 private:
  void count(const ChargeRecord& record);
  void uncount(const ChargeRecord& record);
  void end(ChargeRecord& record, ChargeState state, std::int64_t now, Changes& changes);
  void note_next_lease_end();

  BookOptions options_;
  CounterTable counters_;
  ChargeTable charges_;
  std::int64_t next_row_ = 1;
  std::uint64_t expired_total_ = 0;
  /// When the first open charge is left behind; readers then leave the decision to the writer.
  std::atomic<std::int64_t> next_lease_end_{std::numeric_limits<std::int64_t>::max()};
};

}  // namespace graphrail::quota
