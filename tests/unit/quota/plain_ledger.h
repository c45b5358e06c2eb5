// The ledger as its interface describes it, written as plainly as possible: the specification that
// the model test holds the real ones against. No concurrency, no store, nothing is forgotten.
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "quota/ledger.h"

namespace graphrail::quota {

class PlainLedger {
 public:
  explicit PlainLedger(std::int64_t lease_seconds) : lease_seconds_(lease_seconds) {}

  std::int64_t now = 0;

  core::Result<Charge> charge(const std::string& id, const std::vector<Claim>& claims) {
    reconcile();
    if (const auto known = taken_.find(id); known != taken_.end()) {
      const Taken& taken = known->second;
      if (taken.state == State::kRefunded || taken.state == State::kExpired) {
        return core::fail(LedgerError::kAlreadyRefunded, {});
      }
      Charge again = taken.outcome;
      again.repeated = true;
      return again;
    }
    Charge charge{true, false, {}, 0};
    for (std::size_t i = 0; i < claims.size(); ++i) {
      const std::uint64_t used = count(claims[i].subject, window_at(now));
      const bool fits = used + claims[i].cost <= claims[i].limit;
      if (charge.admitted && !fits) {
        charge.admitted = false;
        charge.violated = i;
      }
    }
    for (const Claim& claim : claims) {
      const std::uint64_t used =
          count(claim.subject, window_at(now)) + (charge.admitted ? claim.cost : 0);
      charge.standings.push_back(standing(used, claim.limit));
    }
    if (charge.admitted) {
      taken_[id] = {State::kOpen, now + lease_seconds_, window_at(now), claims, charge};
    }
    return charge;
  }

  core::Result<void> settle(const std::string& id, std::optional<std::uint64_t> spent) {
    reconcile();
    const auto known = taken_.find(id);
    if (known == taken_.end()) return core::fail(LedgerError::kUnknownRequest, {});
    Taken& taken = known->second;
    if (taken.state == State::kRefunded) return core::fail(LedgerError::kAlreadyRefunded, {});
    if (taken.state == State::kSettled) return {};
    taken.state = State::kSettled;
    for (Claim& claim : taken.claims) {
      if (claim.is_reservation && spent) claim.cost = *spent;
    }
    return {};
  }

  bool refund(const std::string& id) {
    reconcile();
    const auto known = taken_.find(id);
    if (known == taken_.end()) return false;
    const State before = known->second.state;
    if (before != State::kSettled) known->second.state = State::kRefunded;
    return before == State::kOpen;
  }

  [[nodiscard]] Standing peek(const Subject& subject, std::uint64_t limit) const {
    return standing(count(subject, window_at(now)), limit);
  }

  std::size_t reconcile() {
    std::size_t expired = 0;
    for (auto& [id, taken] : taken_) {
      if (taken.state != State::kOpen || taken.lease_end > now) continue;
      taken.state = State::kExpired;
      ++expired;
    }
    return expired;
  }

 private:
  enum class State { kOpen, kSettled, kRefunded, kExpired };
  struct Taken {
    State state = State::kOpen;
    std::int64_t lease_end = 0;
    Window window;
    std::vector<Claim> claims;
    Charge outcome;
  };

  /// A counter is the sum of the charges that count.
  [[nodiscard]] std::uint64_t count(const Subject& subject, Window window) const {
    std::uint64_t sum = 0;
    for (const auto& [id, taken] : taken_) {
      if (taken.state != State::kOpen && taken.state != State::kSettled) continue;
      if (taken.window != window) continue;
      for (const Claim& claim : taken.claims) {
        if (claim.subject == subject) sum += claim.cost;
      }
    }
    return sum;
  }

  [[nodiscard]] Standing standing(std::uint64_t used, std::uint64_t limit) const {
    return {std::min(used, limit), limit, window_at(now).reset()};
  }

  std::int64_t lease_seconds_;
  std::map<std::string, Taken> taken_;
};

}  // namespace graphrail::quota
