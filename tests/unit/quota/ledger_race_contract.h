// Never one too many: many clients at once, whatever they do and whenever they leave. For every
// Ledger; see ledger_contract.h for how an implementation joins.
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "core/clock.h"
#include "quota/ledger.h"
#include "support/await.h"

namespace graphrail::quota {

inline constexpr int kClients = 64;
inline constexpr int kAttempts = 5'000;

/// What the clients have seen, for one day, which is told by the reset of the outcomes.
struct DayCount {
  std::atomic<int> admitted{0};
  std::atomic<int> returned{0};
  std::atomic<int> settled{0};
  /// Admitted and not yet asked to be returned; must never pass the limit.
  std::atomic<int> held{0};
};

class RaceRecord {
 public:
  DayCount& day(std::int64_t reset) {
    const std::scoped_lock lock(mutex_);
    auto& day = days_[reset];
    if (day == nullptr) day = std::make_unique<DayCount>();
    return *day;
  }
  [[nodiscard]] std::size_t days() const { return days_.size(); }

  std::atomic<int> too_many{0};
  std::atomic<int> failures{0};

 private:
  std::mutex mutex_;
  std::map<std::int64_t, std::unique_ptr<DayCount>> days_;
};

/// Runs `client(number)` for every client, on four threads.
template <class Client>
void run_clients(Client client) {
  constexpr int kThreads = 4;
  std::vector<std::unique_ptr<boost::asio::io_context>> contexts;
  for (int i = 0; i < kThreads; ++i) {
    contexts.push_back(std::make_unique<boost::asio::io_context>(1));
  }
  for (int i = 0; i < kClients; ++i) {
    boost::asio::co_spawn(*contexts[static_cast<std::size_t>(i % kThreads)], client(i),
                          boost::asio::detached);
  }
  std::vector<std::thread> threads;
  for (auto& context : contexts) threads.emplace_back([&context] { context->run(); });
  for (std::thread& thread : threads) thread.join();
}

/// How a client ends an admission, decided by a number.
enum class Ending { kSettle, kRefund, kVanish };

struct RacePlan {
  Ledger* ledger = nullptr;
  RaceRecord* record = nullptr;
  std::uint64_t limit = 1;
  /// Of 100 admissions, by the number of the attempt.
  int refunded_of_100 = 0;
  int vanished_of_100 = 0;
  /// Each request id is charged by two clients.
  bool repeats_ids = false;
  /// Midnight comes after half of the attempts of client 0.
  bool changes_day = false;
  core::ManualClock* clock = nullptr;
};

inline Ending ending_of(const RacePlan& plan, int client, int attempt) {
  const int number = (client * 31 + attempt * 17) % 100;
  if (number < plan.refunded_of_100) return Ending::kRefund;
  if (number < plan.refunded_of_100 + plan.vanished_of_100) return Ending::kVanish;
  return Ending::kSettle;
}

inline boost::asio::awaitable<void> end_charge(const RacePlan* plan, DayCount* day,
                                               std::string request_id, Ending ending) {
  if (ending == Ending::kSettle) {
    auto settling = plan->ledger->settle(std::move(request_id), std::nullopt);
    const core::Result<void> settled = co_await std::move(settling);
    if (settled) ++day->settled;
    if (!settled) ++plan->record->failures;
  } else if (ending == Ending::kRefund) {
    --day->held;
    auto refunding = plan->ledger->refund(std::move(request_id));
    const core::Result<bool> refunded = co_await std::move(refunding);
    if (refunded && *refunded) ++day->returned;
    if (!refunded || !*refunded) ++plan->record->failures;
  }
}

inline boost::asio::awaitable<void> race_client(const RacePlan* plan, int client) {
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    // A denial suspends nobody: the others get their turn here.
    auto turn = boost::asio::post(boost::asio::use_awaitable);
    co_await std::move(turn);
    if (plan->changes_day && client == 0 && attempt == kAttempts / 2) {
      plan->clock->advance(std::chrono::seconds(10));
    }
    const int owner = plan->repeats_ids ? client / 2 : client;
    const std::string id = std::to_string(owner) + "-" + std::to_string(attempt);
    std::vector<Claim> claims(1);
    claims.front() = {make_subject("anon", "203.0.113.7"), plan->limit};
    auto charging = plan->ledger->charge(id, std::move(claims));
    const core::Result<Charge> charge = co_await std::move(charging);
    if (!charge) {
      // Only the other charge of the same id may have been given back.
      const bool is_expected =
          plan->repeats_ids && charge.error().code() == LedgerError::kAlreadyRefunded;
      if (!is_expected) ++plan->record->failures;
      continue;
    }
    if (!charge->admitted || charge->repeated) continue;
    DayCount& day = plan->record->day(charge->standings.front().reset);
    ++day.admitted;
    if (++day.held > static_cast<int>(plan->limit)) ++plan->record->too_many;
    auto ending = end_charge(plan, &day, id, ending_of(*plan, client, attempt));
    co_await std::move(ending);
  }
}

template <class Fixture>
class LedgerRaceContract : public testing::Test {
 protected:
  /// Lets the clients run and checks each day: what is kept of it is its limit at most, and exactly
  /// what the counter says.
  void race(RacePlan plan) {
    auto fixture = Fixture::make();
    RaceRecord record;
    plan.ledger = &fixture->ledger();
    plan.record = &record;
    plan.clock = &fixture->clock();
    const auto limit = static_cast<int>(plan.limit);
    const std::int64_t first_reset = window_at(fixture->clock().unix_seconds()).reset();
    if (plan.changes_day) {
      const std::int64_t left = first_reset - fixture->clock().unix_seconds();
      fixture->clock().advance(std::chrono::seconds(left - 5));
    }
    run_clients([&plan](int client) { return race_client(&plan, client); });

    EXPECT_EQ(record.too_many, 0) << "limit " << limit;
    EXPECT_EQ(record.failures, 0) << "limit " << limit;
    const bool returns_some = plan.refunded_of_100 + plan.vanished_of_100 > 0;
    for (const std::int64_t reset : {first_reset, first_reset + kWindowSeconds}) {
      const DayCount& day = record.day(reset);
      if (!plan.changes_day && reset != first_reset) {
        EXPECT_EQ(day.admitted, 0);
        continue;
      }
      EXPECT_LE(day.admitted - day.returned, limit);
      if (!returns_some) EXPECT_EQ(day.admitted, limit);
    }
    check_counter(*fixture, record, plan);
  }

 private:
  static std::uint64_t used(Fixture& fixture) {
    return test::await(fixture.ledger().peek(make_subject("anon", "203.0.113.7"), 1'000'000))->used;
  }

  /// The day that is on the clock: the counter is what was kept, fills up to the limit exactly, and
  /// is what was settled once the leases of the vanished have ended.
  static void check_counter(Fixture& fixture, RaceRecord& record, const RacePlan& plan) {
    const std::int64_t reset = window_at(fixture.clock().unix_seconds()).reset();
    DayCount& day = record.day(reset);
    EXPECT_EQ(used(fixture), static_cast<std::uint64_t>(day.admitted - day.returned));
    for (int i = 0; i <= static_cast<int>(plan.limit); ++i) {
      std::vector<Claim> claims{{make_subject("anon", "203.0.113.7"), plan.limit}};
      (void)test::await(fixture.ledger().charge("fill" + std::to_string(i), std::move(claims)));
    }
    EXPECT_EQ(used(fixture), plan.limit);
    const std::int64_t left = reset - fixture.clock().unix_seconds();
    ASSERT_GT(left, Fixture::kLeaseSeconds);
    fixture.clock().advance(std::chrono::seconds(Fixture::kLeaseSeconds));
    ASSERT_TRUE(test::await(fixture.ledger().reconcile()).has_value());
    EXPECT_EQ(used(fixture), static_cast<std::uint64_t>(day.settled));
  }
};

TYPED_TEST_SUITE_P(LedgerRaceContract);

TYPED_TEST_P(LedgerRaceContract, AdmitsTheLimitExactly) {
  for (const std::uint64_t limit : {1, 3, 100}) this->race({.limit = limit});
}

TYPED_TEST_P(LedgerRaceContract, WithRefunds) {
  for (const std::uint64_t limit : {1, 3, 100}) {
    this->race({.limit = limit, .refunded_of_100 = 60});
  }
  this->race({.limit = 3, .refunded_of_100 = 100});
}

TYPED_TEST_P(LedgerRaceContract, WithClientsThatVanish) {
  for (const std::uint64_t limit : {1, 3, 100}) {
    this->race({.limit = limit, .refunded_of_100 = 40, .vanished_of_100 = 40});
  }
}

TYPED_TEST_P(LedgerRaceContract, WithRepeatedRequestIds) {
  for (const std::uint64_t limit : {1, 3, 100}) {
    this->race({.limit = limit, .refunded_of_100 = 50, .repeats_ids = true});
  }
}

TYPED_TEST_P(LedgerRaceContract, WhileTheDayChanges) {
  for (const std::uint64_t limit : {1, 3, 100}) {
    this->race({.limit = limit, .changes_day = true});
    this->race({.limit = limit,
                .refunded_of_100 = 40,
                .vanished_of_100 = 20,
                .repeats_ids = true,
                .changes_day = true});
  }
}

REGISTER_TYPED_TEST_SUITE_P(LedgerRaceContract, AdmitsTheLimitExactly, WithRefunds,
                            WithClientsThatVanish, WithRepeatedRequestIds, WhileTheDayChanges);

}  // namespace graphrail::quota
