#include "quota/book.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/core_error.h"
#include "quota/policy.h"

namespace graphrail::quota {
namespace {

/// Counters of a past window stay this long, so that a refund shortly after midnight finds them and
/// a clock that steps back by seconds does not open the day again.
constexpr std::int64_t kGraceSeconds = 3'600;

Standing make_standing(std::uint64_t used, std::uint64_t limit, Window window) {
  return {std::min(used, limit), limit, window.reset()};
}

bool fits(std::uint64_t used, const Claim& claim) {
  return claim.cost <= claim.limit && used <= claim.limit - claim.cost;
}

/// The outcome that was first given for the request id.
Charge first_outcome(const ChargeRecord& record) {
  Charge charge{.admitted = true, .repeated = true, .standings = {}, .violated = 0};
  for (const MetClaim& claim : record.claims) {
    charge.standings.push_back(make_standing(claim.used, claim.limit, record.window));
  }
  return charge;
}

/// Where every claim stands, and whether all can be met.
Charge weigh(const CounterTable& counters, const std::vector<Claim>& claims, Window window) {
  Charge charge{.admitted = true, .repeated = false, .standings = {}, .violated = 0};
  charge.standings.reserve(claims.size());
  for (std::size_t i = 0; i < claims.size(); ++i) {
    const std::uint64_t used = counters.used(window, claims[i].subject.text());
    charge.standings.push_back(make_standing(used, claims[i].limit, window));
    if (charge.admitted && !fits(used, claims[i])) {
      charge.admitted = false;
      charge.violated = i;
    }
  }
  return charge;
}

std::unexpected<core::Error> already_refunded(const std::string& request_id) {
  return core::fail(LedgerError::kAlreadyRefunded, {"This request has already ended."},
                    {fmt::format("charge {} was given back", request_id)});
}

}  // namespace

core::Result<Charge> Book::charge(const std::string& request_id, const std::vector<Claim>& claims,
                                  std::int64_t now, Changes& changes) {
  expire(now, changes);
  if (const ChargeRecord* known = charges_.find(request_id)) {
    if (!is_counted(known->state)) return already_refunded(request_id);
    return first_outcome(*known);
  }
  const Window window = window_at(now);
  Charge charge = weigh(counters_, claims, window);
  if (!charge.admitted) return charge;
  if (charges_.open_count() >= options_.max_open) {
    return core::fail(core::CoreError::kBusy, {"The server is busy; try again shortly."},
                      {"too many open charges"});
  }
  auto record = std::make_unique<ChargeRecord>();
  record->request_id = request_id;
  record->window = window;
  record->first_row = next_row_;
  record->lease_end = now + options_.lease_seconds;
  record->claims.reserve(claims.size());
  for (std::size_t i = 0; i < claims.size(); ++i) {
    Standing& standing = charge.standings[i];
    standing.used += claims[i].cost;
    record->claims.push_back({claims[i].subject.text(), claims[i].cost, claims[i].is_reservation,
                              standing.used, standing.limit});
  }
  next_row_ += static_cast<std::int64_t>(claims.size());
  // The record goes in before the counters grow: who sees the counter full for this charge's sake
  // also sees that its request id is known.
  ChargeRecord& inserted = charges_.insert(std::move(record));
  count(inserted);
  changes.push_back({.record = &inserted, .is_new = true});
  note_next_lease_end();
  return charge;
}

core::Result<void> Book::settle(const std::string& request_id, std::optional<std::uint64_t> spent,
                                std::int64_t now, Changes& changes) {
  expire(now, changes);
  ChargeRecord* record = charges_.find(request_id);
  if (record == nullptr) {
    return core::fail(LedgerError::kUnknownRequest, {"This request is not known."},
                      {fmt::format("no charge of {}", request_id)});
  }
  if (record->state == ChargeState::kSettled) return {};
  if (record->state == ChargeState::kRefunded) return already_refunded(request_id);
  // A late settle counts the charge again, whatever the limit says: it was spent.
  end(*record, ChargeState::kSettled, now, changes);
  const auto reservation = std::ranges::find_if(record->claims, &MetClaim::is_reservation);
  if (!spent || reservation == record->claims.end()) return {};
  counters_.subtract(record->window, reservation->subject, reservation->cost);
  reservation->cost = std::min(*spent, kLargestQuota);
  if (reservation->cost > 0 && record->window >= oldest_kept(now)) {
    counters_.add(record->window, reservation->subject, reservation->cost);
  }
  return {};
}

bool Book::refund(const std::string& request_id, std::int64_t now, Changes& changes) {
  expire(now, changes);
  ChargeRecord* record = charges_.find(request_id);
  if (record == nullptr) return false;
  const bool was_open = record->state == ChargeState::kOpen;
  // A charge whose lease has ended is closed by the refund, so that it cannot be settled any more.
  if (was_open || record->state == ChargeState::kExpired) {
    end(*record, ChargeState::kRefunded, now, changes);
  }
  return was_open;
}

std::size_t Book::expire(std::int64_t now, Changes& changes) {
  std::size_t expired = 0;
  for (ChargeRecord* first = charges_.first_open(); first != nullptr && first->lease_end <= now;
       first = charges_.first_open()) {
    end(*first, ChargeState::kExpired, now, changes);
    ++expired;
  }
  expired_total_ += expired;
  return expired;
}

void Book::undo(Changes& changes) {
  for (auto change = changes.rbegin(); change != changes.rend(); ++change) {
    ChargeRecord& record = *change->record;
    if (is_counted(record.state)) uncount(record);
    if (change->is_new) {
      charges_.erase(record);
      continue;
    }
    record.state = change->state_before;
    record.ended_at = change->ended_at_before;
    const auto reservation = std::ranges::find_if(record.claims, &MetClaim::is_reservation);
    if (reservation != record.claims.end()) reservation->cost = change->reserved_before;
    charges_.relist(record);
    if (is_counted(record.state)) count(record);
  }
  changes.clear();
  note_next_lease_end();
}

bool Book::tidy(std::int64_t now) {
  charges_.forget_ended(now - options_.remember_seconds, options_.max_remembered);
  return counters_.drop_before(oldest_kept(now));
}

void Book::restore(std::unique_ptr<ChargeRecord> record, std::int64_t now) {
  const auto rows = static_cast<std::int64_t>(record->claims.size());
  next_row_ = std::max(next_row_, record->first_row + rows);
  if (is_counted(record->state) && record->window >= oldest_kept(now)) count(*record);
  const bool is_remembered =
      record->state == ChargeState::kOpen || record->ended_at >= now - options_.remember_seconds;
  if (!is_remembered) return;
  // A request id that had been forgotten may have been charged anew.
  if (ChargeRecord* older = charges_.find(record->request_id)) charges_.erase(*older);
  charges_.insert(std::move(record));
  charges_.forget_ended(0, options_.max_remembered);
  note_next_lease_end();
}

Standing Book::standing(std::string_view subject, std::uint64_t limit, std::int64_t now) const {
  const Window window = window_at(now);
  return make_standing(counters_.used(window, subject), limit, window);
}

std::optional<Charge> Book::deny_at_once(const std::string& request_id,
                                         const std::vector<Claim>& claims, std::int64_t now) const {
  if (next_lease_end_.load(std::memory_order_relaxed) <= now) return std::nullopt;
  const Window window = window_at(now);
  const auto is_met = [&](const Claim& claim) {
    return fits(counters_.used(window, claim.subject.text()), claim);
  };
  // The order matters: a counter that is full for this request id's sake is seen full only after
  // the request id is known.
  if (std::ranges::all_of(claims, is_met) || charges_.contains(request_id)) return std::nullopt;
  Charge charge = weigh(counters_, claims, window);
  if (charge.admitted) return std::nullopt;
  return charge;
}

Window Book::oldest_kept(std::int64_t now) noexcept { return window_at(now - kGraceSeconds); }

void Book::count(const ChargeRecord& record) {
  for (const MetClaim& claim : record.claims) {
    if (claim.cost > 0) counters_.add(record.window, claim.subject, claim.cost);
  }
}

void Book::uncount(const ChargeRecord& record) {
  for (const MetClaim& claim : record.claims) {
    counters_.subtract(record.window, claim.subject, claim.cost);
  }
}

void Book::end(ChargeRecord& record, ChargeState state, std::int64_t now, Changes& changes) {
  const auto reservation = std::ranges::find_if(record.claims, &MetClaim::is_reservation);
  changes.push_back(
      {.record = &record,
       .is_new = false,
       .state_before = record.state,
       .ended_at_before = record.ended_at,
       .reserved_before = reservation == record.claims.end() ? 0 : reservation->cost});
  const bool was_counted = is_counted(record.state);
  record.state = state;
  record.ended_at = now;
  charges_.relist(record);
  if (was_counted && !is_counted(state)) uncount(record);
  if (!was_counted && is_counted(state) && record.window >= oldest_kept(now)) count(record);
  note_next_lease_end();
}

void Book::note_next_lease_end() {
  const ChargeRecord* first = charges_.first_open();
  next_lease_end_.store(
      first == nullptr ? std::numeric_limits<std::int64_t>::max() : first->lease_end,
      std::memory_order_relaxed);
}

}  // namespace graphrail::quota
