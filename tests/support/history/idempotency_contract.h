// What every IdempotencyStore must do, whichever store is behind it. An implementation joins by
// instantiating the suites with a fixture type that has `static std::unique_ptr<Fixture>
// make(IdempotencyLimits)`, `IdempotencyStore& store()` and `core::ManualClock& clock()`; the store
// is empty at the start. BoundedIdempotencyContract is for stores that hold the answers themselves
// and so must bound them.
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <barrier>
#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "core/clock.h"
#include "core/core_error.h"
#include "history/idempotency_store.h"
#include "support/await.h"

namespace graphrail::history {

/// 64 hex digits that stand for `name`.
inline std::string digest_of(char name) { return std::string(64, name); }

inline IdempotentRequest attempt(std::string owner, char key = 'a', char payload = '1') {
  return {digest_of(key), digest_of(payload), std::move(owner)};
}

inline StoredAnswer answer_of(std::string body) {
  return {200, "application/json", std::move(body)};
}

template <class Fixture>
class IdempotencyContract : public testing::Test {
 protected:
  /// What the limits of these tests are.
  static constexpr std::chrono::seconds kLifetime{3'600};
  static constexpr std::chrono::seconds kRunning{60};

  /// Another store with other limits.
  void use(IdempotencyLimits limits) {
    fixture_.reset();
    fixture_ = Fixture::make(limits);
  }
  static IdempotencyLimits limits() {
    IdempotencyLimits limits;
    limits.lifetime_seconds = kLifetime.count();
    limits.running_seconds = kRunning.count();
    return limits;
  }

  BeginOutcome begin(IdempotentRequest request) {
    return test::await(store().begin(std::move(request))).value();
  }
  BeginState state(IdempotentRequest request) { return begin(std::move(request)).state; }
  FinishState finish(IdempotentRequest request, StoredAnswer answer) {
    auto shared = std::make_shared<const StoredAnswer>(std::move(answer));
    return test::await(store().finish(std::move(request), std::move(shared))).value();
  }
  bool release(IdempotentRequest request) {
    return test::await(store().release(std::move(request))).has_value();
  }
  /// Begins and finishes; the key must be free.
  void complete(const IdempotentRequest& request, const StoredAnswer& answer) {
    ASSERT_EQ(state(request), BeginState::kBegun);
    ASSERT_EQ(finish(request, answer), FinishState::kKept);
  }
  /// What a new attempt with the payload of `request` is told; null unless that is an answer.
  std::shared_ptr<const StoredAnswer> replay(IdempotentRequest request) {
    request.owner = "someone who asks again";
    return begin(std::move(request)).answer;
  }

  IdempotencyStore& store() { return fixture_->store(); }
  core::ManualClock& clock() { return fixture_->clock(); }

 private:
  std::unique_ptr<Fixture> fixture_ = Fixture::make(limits());
};

TYPED_TEST_SUITE_P(IdempotencyContract);

TYPED_TEST_P(IdempotencyContract, GivesTheSameAnswerAgain) {
  const StoredAnswer answer = {201, "application/json; charset=utf-8", R"({"graph":{}})"};
  this->complete(attempt("first"), answer);
  for (const std::string owner : {"second", "third", "first"}) {
    const BeginOutcome outcome = this->begin(attempt(owner));
    EXPECT_EQ(outcome.state, BeginState::kReplay);
    ASSERT_NE(outcome.answer, nullptr);
    EXPECT_EQ(*outcome.answer, answer);
  }
}

TYPED_TEST_P(IdempotencyContract, TellsAnotherAttemptThatTheFirstIsRunning) {
  const BeginOutcome first = this->begin(attempt("first"));
  EXPECT_EQ(first.state, BeginState::kBegun);
  EXPECT_EQ(first.answer, nullptr);
  const BeginOutcome second = this->begin(attempt("second"));
  EXPECT_EQ(second.state, BeginState::kRunning);
  EXPECT_EQ(second.answer, nullptr);
}

TYPED_TEST_P(IdempotencyContract, TellsTheSameAttemptTheSameAgain) {
  EXPECT_EQ(this->state(attempt("first")), BeginState::kBegun);
  EXPECT_EQ(this->state(attempt("first")), BeginState::kBegun);
  EXPECT_EQ(this->finish(attempt("first"), answer_of("one")), FinishState::kKept);
  EXPECT_EQ(this->finish(attempt("first"), answer_of("two")), FinishState::kKept);
  const auto kept = this->replay(attempt(""));
  ASSERT_NE(kept, nullptr);
  EXPECT_EQ(kept->body, "one");
}

TYPED_TEST_P(IdempotencyContract, RefusesAnotherPayloadWhileTheFirstRuns) {
  EXPECT_EQ(this->state(attempt("first", 'a', '1')), BeginState::kBegun);
  EXPECT_EQ(this->state(attempt("second", 'a', '2')), BeginState::kMismatch);
  EXPECT_EQ(this->state(attempt("first", 'a', '2')), BeginState::kMismatch);
  EXPECT_EQ(this->finish(attempt("first", 'a', '1'), answer_of("{}")), FinishState::kKept);
}

TYPED_TEST_P(IdempotencyContract, RefusesAnotherPayloadOnceAnswered) {
  this->complete(attempt("first", 'a', '1'), answer_of("{}"));
  const BeginOutcome outcome = this->begin(attempt("second", 'a', '2'));
  EXPECT_EQ(outcome.state, BeginState::kMismatch);
  EXPECT_EQ(outcome.answer, nullptr);
  EXPECT_NE(this->replay(attempt("", 'a', '1')), nullptr);
}

TYPED_TEST_P(IdempotencyContract, KeepsKeysApart) {
  this->complete(attempt("first", 'a'), answer_of("of a"));
  EXPECT_EQ(this->state(attempt("second", 'b')), BeginState::kBegun);
  EXPECT_EQ(this->finish(attempt("second", 'b'), answer_of("of b")), FinishState::kKept);
  EXPECT_EQ(this->replay(attempt("", 'a'))->body, "of a");
  EXPECT_EQ(this->replay(attempt("", 'b'))->body, "of b");
}

TYPED_TEST_P(IdempotencyContract, AReleasedKeyIsFree) {
  EXPECT_EQ(this->state(attempt("first", 'a', '1')), BeginState::kBegun);
  EXPECT_TRUE(this->release(attempt("first", 'a', '1')));
  EXPECT_TRUE(this->release(attempt("first", 'a', '1')));
  EXPECT_EQ(this->state(attempt("second", 'a', '2')), BeginState::kBegun);
}

TYPED_TEST_P(IdempotencyContract, OnlyTheOneThatRunsCanRelease) {
  EXPECT_TRUE(this->release(attempt("nobody")));
  EXPECT_EQ(this->state(attempt("first")), BeginState::kBegun);
  EXPECT_TRUE(this->release(attempt("second")));
  EXPECT_EQ(this->state(attempt("second")), BeginState::kRunning);
  EXPECT_EQ(this->finish(attempt("first"), answer_of("{}")), FinishState::kKept);
  EXPECT_TRUE(this->release(attempt("first")));
  EXPECT_NE(this->replay(attempt("")), nullptr);
}

TYPED_TEST_P(IdempotencyContract, OnlyTheOneThatRunsCanFinish) {
  EXPECT_EQ(this->finish(attempt("nobody"), answer_of("no")), FinishState::kNotOwner);
  EXPECT_EQ(this->state(attempt("first")), BeginState::kBegun);
  EXPECT_EQ(this->finish(attempt("second"), answer_of("no")), FinishState::kNotOwner);
  EXPECT_EQ(this->state(attempt("third")), BeginState::kRunning);
  EXPECT_EQ(this->finish(attempt("first"), answer_of("yes")), FinishState::kKept);
  EXPECT_EQ(this->finish(attempt("second"), answer_of("no")), FinishState::kNotOwner);
  EXPECT_EQ(this->replay(attempt(""))->body, "yes");
}

TYPED_TEST_P(IdempotencyContract, AReleasedAttemptCannotFinish) {
  EXPECT_EQ(this->state(attempt("first")), BeginState::kBegun);
  EXPECT_TRUE(this->release(attempt("first")));
  EXPECT_EQ(this->finish(attempt("first"), answer_of("{}")), FinishState::kNotOwner);
  EXPECT_EQ(this->state(attempt("second")), BeginState::kBegun);
}

TYPED_TEST_P(IdempotencyContract, AnotherTakesOverFromTheSecondTheMarkExpires) {
  EXPECT_EQ(this->state(attempt("first", 'a', '1')), BeginState::kBegun);
  this->clock().advance(this->kRunning - std::chrono::seconds(1));
  EXPECT_EQ(this->state(attempt("second", 'a', '1')), BeginState::kRunning);
  EXPECT_EQ(this->state(attempt("second", 'a', '2')), BeginState::kMismatch);
  this->clock().advance(std::chrono::seconds(1));
  EXPECT_EQ(this->state(attempt("second", 'a', '2')), BeginState::kBegun);
}

TYPED_TEST_P(IdempotencyContract, RefusesTheLateFinish) {
  EXPECT_EQ(this->state(attempt("first")), BeginState::kBegun);
  this->clock().advance(this->kRunning);
  EXPECT_EQ(this->finish(attempt("first"), answer_of("late")), FinishState::kNotOwner);
  EXPECT_EQ(this->state(attempt("second")), BeginState::kBegun);
  EXPECT_EQ(this->finish(attempt("first"), answer_of("late")), FinishState::kNotOwner);
  EXPECT_TRUE(this->release(attempt("first")));
  EXPECT_EQ(this->state(attempt("third")), BeginState::kRunning);
  EXPECT_EQ(this->finish(attempt("second"), answer_of("good")), FinishState::kKept);
  EXPECT_EQ(this->finish(attempt("first"), answer_of("late")), FinishState::kNotOwner);
  EXPECT_EQ(this->replay(attempt(""))->body, "good");
}

TYPED_TEST_P(IdempotencyContract, FinishesUntilTheSecondBeforeTheMarkExpires) {
  EXPECT_EQ(this->state(attempt("first")), BeginState::kBegun);
  this->clock().advance(this->kRunning - std::chrono::seconds(1));
  EXPECT_EQ(this->finish(attempt("first"), answer_of("{}")), FinishState::kKept);
}

TYPED_TEST_P(IdempotencyContract, KeepsAnAnswerForItsLifetimeFromItsFinish) {
  ASSERT_EQ(this->state(attempt("first", 'a', '1')), BeginState::kBegun);
  this->clock().advance(std::chrono::seconds(30));
  ASSERT_EQ(this->finish(attempt("first", 'a', '1'), answer_of("{}")), FinishState::kKept);
  this->clock().advance(this->kLifetime - std::chrono::seconds(1));
  EXPECT_NE(this->replay(attempt("", 'a', '1')), nullptr);
  EXPECT_EQ(this->state(attempt("second", 'a', '2')), BeginState::kMismatch);
  this->clock().advance(std::chrono::seconds(1));
  EXPECT_EQ(this->finish(attempt("first", 'a', '1'), answer_of("{}")), FinishState::kNotOwner);
  EXPECT_EQ(this->state(attempt("second", 'a', '2')), BeginState::kBegun);
  EXPECT_EQ(this->finish(attempt("second", 'a', '2'), answer_of("new")), FinishState::kKept);
  EXPECT_EQ(this->replay(attempt("", 'a', '2'))->body, "new");
}

TYPED_TEST_P(IdempotencyContract, KeepsAnyBytes) {
  StoredAnswer answer = {200, std::string("a\0b", 3), {}};
  for (int byte = 0; byte < 256; ++byte) answer.body += static_cast<char>(byte);
  answer.body += std::string("\0\0", 2);
  this->complete(attempt("first", 'a'), answer);
  EXPECT_EQ(*this->replay(attempt("", 'a')), answer);
  const StoredAnswer empty = {204, "", ""};
  this->complete(attempt("first", 'b'), empty);
  EXPECT_EQ(*this->replay(attempt("", 'b')), empty);
}

TYPED_TEST_P(IdempotencyContract, KeepsALargeAnswer) {
  std::string body(5'000'000, 'x');
  for (std::size_t i = 0; i < body.size(); i += 997) body[i] = static_cast<char>(i);
  this->complete(attempt("first"), answer_of(body));
  const auto kept = this->replay(attempt(""));
  ASSERT_NE(kept, nullptr);
  EXPECT_TRUE(kept->body == body);
}

TYPED_TEST_P(IdempotencyContract, RefusesTooLargeAnAnswerAndLeavesTheKeyToItsOwner) {
  EXPECT_EQ(this->state(attempt("first")), BeginState::kBegun);
  StoredAnswer answer = {200, "", std::string(kMaxAnswerBytes + 1, 'x')};
  EXPECT_EQ(this->finish(attempt("first"), answer), FinishState::kTooLarge);
  EXPECT_EQ(this->state(attempt("second")), BeginState::kRunning);
  EXPECT_TRUE(this->release(attempt("first")));
  EXPECT_EQ(this->state(attempt("second")), BeginState::kBegun);
  answer.body.pop_back();
  EXPECT_EQ(this->finish(attempt("second"), answer), FinishState::kKept);
  EXPECT_EQ(this->replay(attempt(""))->body.size(), kMaxAnswerBytes);
}

TYPED_TEST_P(IdempotencyContract, OfManyAtOnceExactlyOneBegins) {
  constexpr int kThreads = 8;
  constexpr int kRounds = 20;
  std::atomic<int> failed = 0;
  std::vector<std::atomic<int>> begun(kRounds);
  std::vector<std::atomic<int>> running(kRounds);
  std::barrier together(kThreads);
  const auto race = [&](int thread) {
    for (int round = 0; round < kRounds; ++round) {
      const auto request = attempt(std::to_string(thread), static_cast<char>('a' + round));
      together.arrive_and_wait();
      const auto outcome = test::await(this->store().begin(request));
      if (!outcome) ++failed;
      if (outcome && outcome->state == BeginState::kBegun) ++begun[std::size_t(round)];
      if (outcome && outcome->state == BeginState::kRunning) ++running[std::size_t(round)];
    }
  };
  std::vector<std::jthread> threads;
  for (int thread = 0; thread < kThreads; ++thread) threads.emplace_back(race, thread);
  threads.clear();
  EXPECT_EQ(failed, 0);
  for (int round = 0; round < kRounds; ++round) {
    EXPECT_EQ(begun[std::size_t(round)], 1) << round;
    EXPECT_EQ(running[std::size_t(round)], kThreads - 1) << round;
  }
}

TYPED_TEST_P(IdempotencyContract, OfManyThatWorkEachKeyIsAnsweredOnce) {
  constexpr int kThreads = 6;
  constexpr int kKeys = 10;
  const auto answer = std::make_shared<const StoredAnswer>(answer_of("{}"));
  std::atomic<int> answered = 0;
  std::atomic<int> wrong = 0;
  std::barrier together(kThreads);
  const auto work = [&](int thread) {
    for (int key = 0; key < kKeys; ++key) {
      const auto request = attempt(std::to_string(thread), static_cast<char>('a' + key));
      together.arrive_and_wait();
      const auto begun = test::await(this->store().begin(request));
      if (!begun || begun->state == BeginState::kMismatch) ++wrong;
      if (!begun || begun->state != BeginState::kBegun) continue;
      const auto finished = test::await(this->store().finish(request, answer));
      if (finished && *finished == FinishState::kKept) ++answered;
    }
  };
  std::vector<std::jthread> threads;
  for (int thread = 0; thread < kThreads; ++thread) threads.emplace_back(work, thread);
  threads.clear();
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(answered, kKeys);
}

REGISTER_TYPED_TEST_SUITE_P(IdempotencyContract, GivesTheSameAnswerAgain,
                            TellsAnotherAttemptThatTheFirstIsRunning,
                            TellsTheSameAttemptTheSameAgain, RefusesAnotherPayloadWhileTheFirstRuns,
                            RefusesAnotherPayloadOnceAnswered, KeepsKeysApart, AReleasedKeyIsFree,
                            OnlyTheOneThatRunsCanRelease, OnlyTheOneThatRunsCanFinish,
                            AReleasedAttemptCannotFinish,
                            AnotherTakesOverFromTheSecondTheMarkExpires, RefusesTheLateFinish,
                            FinishesUntilTheSecondBeforeTheMarkExpires,
                            KeepsAnAnswerForItsLifetimeFromItsFinish, KeepsAnyBytes,
                            KeepsALargeAnswer, RefusesTooLargeAnAnswerAndLeavesTheKeyToItsOwner,
                            OfManyAtOnceExactlyOneBegins, OfManyThatWorkEachKeyIsAnsweredOnce);

template <class Fixture>
class BoundedIdempotencyContract : public IdempotencyContract<Fixture> {
 protected:
  static IdempotencyLimits with_max_bytes(std::size_t max_bytes) {
    IdempotencyLimits limits = IdempotencyContract<Fixture>::limits();
    limits.max_bytes = max_bytes;
    return limits;
  }
  static IdempotencyLimits with_max_running(std::size_t max_running) {
    IdempotencyLimits limits = IdempotencyContract<Fixture>::limits();
    limits.max_running = max_running;
    return limits;
  }
};

TYPED_TEST_SUITE_P(BoundedIdempotencyContract);

TYPED_TEST_P(BoundedIdempotencyContract, TheAnswersFinishedLongestAgoGoFirst) {
  this->use(this->with_max_bytes(10'000));
  EXPECT_EQ(this->state(attempt("first", 'r')), BeginState::kBegun);
  for (const char key : {'a', 'b', 'c', 'd'}) {
    this->complete(attempt("first", key), answer_of(std::string(2'500, key)));
    this->clock().advance(std::chrono::seconds(1));
  }
  EXPECT_EQ(this->state(attempt("second", 'a')), BeginState::kBegun);
  for (const char key : {'b', 'c', 'd'}) {
    EXPECT_EQ(this->state(attempt("second", key)), BeginState::kReplay) << key;
  }
  // A small one takes the place of one, not of all.
  this->complete(attempt("first", 'e'), answer_of("small"));
  this->complete(attempt("first", 'f'), answer_of(std::string(2'000, 'f')));
  EXPECT_EQ(this->state(attempt("second", 'b')), BeginState::kBegun);
  for (const char key : {'c', 'd', 'e', 'f'}) {
    EXPECT_EQ(this->state(attempt("second", key)), BeginState::kReplay) << key;
  }
  EXPECT_EQ(this->state(attempt("second", 'r')), BeginState::kRunning);
}

TYPED_TEST_P(BoundedIdempotencyContract, OneLargeAnswerTakesThePlaceOfManySmallOnes) {
  this->use(this->with_max_bytes(40'000));
  for (char key = 0; key < 50; ++key) {
    this->complete(attempt("first", key), answer_of("small"));
  }
  this->clock().advance(std::chrono::seconds(1));
  this->complete(attempt("first", 'x'), answer_of(std::string(39'000, 'x')));
  EXPECT_EQ(this->state(attempt("second", 'x')), BeginState::kReplay);
  for (char key = 0; key < 49; ++key) {
    EXPECT_EQ(this->state(attempt("second", key)), BeginState::kBegun) << int{key};
  }
}

TYPED_TEST_P(BoundedIdempotencyContract, RefusesAnAnswerThatWouldNotFitAlone) {
  this->use(this->with_max_bytes(10'000));
  this->complete(attempt("first", 'a'), answer_of("small"));
  EXPECT_EQ(this->state(attempt("first", 'b')), BeginState::kBegun);
  EXPECT_EQ(this->finish(attempt("first", 'b'), answer_of(std::string(10'000, 'b'))),
            FinishState::kTooLarge);
  EXPECT_EQ(this->state(attempt("second", 'a')), BeginState::kReplay);
}

TYPED_TEST_P(BoundedIdempotencyContract, ReleasedAndExpiredOnesTakeNoPlace) {
  this->use(this->with_max_bytes(10'000));
  this->complete(attempt("first", 'a'), answer_of(std::string(2'500, 'a')));
  this->clock().advance(this->kLifetime);
  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(this->state(attempt("first", 'b')), BeginState::kBegun);
    EXPECT_TRUE(this->release(attempt("first", 'b')));
  }
  for (const char key : {'c', 'd', 'e'}) {
    this->complete(attempt("first", key), answer_of(std::string(2'500, key)));
  }
  for (const char key : {'c', 'd', 'e'}) {
    EXPECT_EQ(this->state(attempt("second", key)), BeginState::kReplay) << key;
  }
}

TYPED_TEST_P(BoundedIdempotencyContract, IsBusyWhenTooManyRun) {
  this->use(this->with_max_running(2));
  EXPECT_EQ(this->state(attempt("first", 'a')), BeginState::kBegun);
  EXPECT_EQ(this->state(attempt("first", 'b')), BeginState::kBegun);
  const auto third = test::await(this->store().begin(attempt("first", 'c')));
  ASSERT_FALSE(third.has_value());
  EXPECT_EQ(third.error().code(), core::CoreError::kBusy);
  // Those that run are told what they are told otherwise.
  EXPECT_EQ(this->state(attempt("second", 'a')), BeginState::kRunning);
  EXPECT_EQ(this->finish(attempt("first", 'a'), answer_of("{}")), FinishState::kKept);
  EXPECT_EQ(this->state(attempt("first", 'c')), BeginState::kBegun);
  EXPECT_FALSE(test::await(this->store().begin(attempt("first", 'd'))).has_value());
  EXPECT_TRUE(this->release(attempt("first", 'c')));
  EXPECT_EQ(this->state(attempt("first", 'd')), BeginState::kBegun);
  // An attempt that ran for too long counts no more.
  this->clock().advance(this->kRunning);
  EXPECT_EQ(this->state(attempt("first", 'e')), BeginState::kBegun);
}

REGISTER_TYPED_TEST_SUITE_P(BoundedIdempotencyContract, TheAnswersFinishedLongestAgoGoFirst,
                            OneLargeAnswerTakesThePlaceOfManySmallOnes,
                            RefusesAnAnswerThatWouldNotFitAlone, ReleasedAndExpiredOnesTakeNoPlace,
                            IsBusyWhenTooManyRun);

}  // namespace graphrail::history
