// Kills a process that charges, two hundred times at moments of chance, and counts afterwards: what
// it was told must be there, and what it was not told may only be what was under way.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <memory>
#include <ranges>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "core/random.h"
#include "quota/embedded_ledger.h"
#include "support/await.h"
#include "support/temporary_folder.h"

namespace graphrail::quota {
namespace {

constexpr int kKills = 200;
constexpr int kCallers = 32;
constexpr std::int64_t kLeaseSeconds = 600;
constexpr std::uint64_t kPlenty = 1'000'000'000;

/// What the child says once it has been answered: the number of the caller and what happened.
enum class Told : std::uint8_t { kCharged, kSettled, kRefunded };
struct Message {
  std::int32_t caller = 0;
  std::int32_t number = 0;
  Told told = Told::kCharged;
};

EmbeddedLedgerOptions options_in(const std::filesystem::path& folder) {
  EmbeddedLedgerOptions options;
  options.file = folder / "quota.db";
  options.book.lease_seconds = kLeaseSeconds;
  return options;
}

std::string request_id(int round, const Message& message) {
  return std::to_string(round) + "-" + std::to_string(message.caller) + "-" +
         std::to_string(message.number);
}

Subject subject_of(int caller) {
  return make_subject("auth", "caller" + std::to_string(caller % 4));
}

/// One caller in the child: every third charge is settled, every third refunded, the rest is left.
boost::asio::awaitable<void> keep_charging(EmbeddedLedger* ledger, int round, int caller,
                                           int told) {
  for (int number = 0;; ++number) {
    Message message{caller, number, Told::kCharged};
    const std::string id = request_id(round, message);
    std::vector<Claim> claims(2);
    claims[0] = {subject_of(caller), kPlenty};
    claims[1] = {budget_subject(), kPlenty};
    auto charging = ledger->charge(id, std::move(claims));
    const core::Result<Charge> charge = co_await std::move(charging);
    if (!charge || !charge->admitted) ::_exit(3);
    // Shorter than PIPE_BUF, so that it is written whole.
    if (::write(told, &message, sizeof message) != sizeof message) ::_exit(4);
    if (number % 3 == 0) {
      auto settling = ledger->settle(id, std::nullopt);
      const core::Result<void> settled = co_await std::move(settling);
      if (!settled) ::_exit(5);
      message.told = Told::kSettled;
    } else if (number % 3 == 1) {
      auto refunding = ledger->refund(id);
      const core::Result<bool> refunded = co_await std::move(refunding);
      if (!refunded || !*refunded) ::_exit(6);
      message.told = Told::kRefunded;
    } else {
      continue;
    }
    if (::write(told, &message, sizeof message) != sizeof message) ::_exit(4);
  }
}

/// What the child is to do, handed over as one variable of its environment.
constexpr const char* kOrder = "GRAPHRAIL_LEDGER_KILL_TEST";

/// Turns this program into the child when it was started as one: charges until it is killed.
class ChildInstead : public testing::Environment {
 public:
  void SetUp() override {
    const char* order = std::getenv(kOrder);
    if (order == nullptr) return;
    std::istringstream words{std::string(order)};
    std::int64_t now = 0;
    int round = 0;
    int told = -1;
    std::string folder;
    words >> now >> round >> told >> folder;
    auto ledger =
        EmbeddedLedger::open(options_in(folder), std::make_shared<core::ManualClock>(now));
    if (!ledger) ::_exit(2);
    boost::asio::io_context context(1);
    for (int caller = 0; caller < kCallers; ++caller) {
      boost::asio::co_spawn(context, keep_charging(ledger->get(), round, caller, told),
                            boost::asio::detached);
    }
    context.run();
    ::_exit(7);
  }
};
[[maybe_unused]] const testing::Environment* const kChildInstead =
    testing::AddGlobalTestEnvironment(new ChildInstead);

pid_t start_child(const std::filesystem::path& folder, std::int64_t now, int round, int told) {
  std::string order = std::string(kOrder) + "=" + std::to_string(now) + " " +
                      std::to_string(round) + " " + std::to_string(told) + " " + folder.string();
  std::string program = "/proc/self/exe";
  std::string filter = "--gtest_filter=KilledLedger.*";
  char* const arguments[] = {program.data(), filter.data(), nullptr};
  char* const environment[] = {order.data(), nullptr};
  const pid_t child = ::fork();
  if (child != 0) return child;
  ::fcntl(told, F_SETFD, 0);
  // What the test framework says is not for this test's output.
  ::dup2(::open("/dev/null", O_WRONLY | O_CLOEXEC), STDOUT_FILENO);
  ::execve(program.c_str(), arguments, environment);
  ::_exit(8);
}

/// Where the child will be killed: after so many messages and a moment more, so that any step of a
/// commit may be the last.
struct Moment {
  std::size_t messages = 1;
  std::chrono::microseconds more{0};
};

Moment random_moment(core::Random& random) {
  std::uint8_t chance[3] = {};
  random.fill(chance);
  // A commit takes some milliseconds on a disk and some microseconds in memory.
  const std::size_t messages = chance[0] < 64 ? 1U : chance[0];
  const bool is_soon = chance[1] < 128;
  return {messages, std::chrono::microseconds(is_soon ? chance[2] : chance[2] * 40)};
}

/// Starts a child, hears what it has been answered, kills it at `moment` and hears the rest.
std::vector<Message> charge_and_kill(const std::filesystem::path& folder, std::int64_t now,
                                     int round, Moment moment) {
  int ends[2] = {-1, -1};
  if (::pipe2(ends, O_CLOEXEC) != 0) return {};
  const pid_t child = start_child(folder, now, round, ends[1]);
  ::close(ends[1]);
  std::vector<Message> heard;
  Message message;
  while (::read(ends[0], &message, sizeof message) == sizeof message) {
    heard.push_back(message);
    if (heard.size() != moment.messages) continue;
    const auto end = std::chrono::steady_clock::now() + moment.more;
    while (std::chrono::steady_clock::now() < end) {
    }
    ::kill(child, SIGKILL);
  }
  ::close(ends[0]);
  int status = 0;
  EXPECT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL)
      << "the child ended by itself: " << WEXITSTATUS(status);
  return heard;
}

/// What the child was told of one charge, and how many charges it was told of in all.
using Heard = std::map<std::pair<std::int32_t, std::int32_t>, Told>;

Heard last_told(const std::vector<Message>& messages) {
  Heard heard;
  for (const Message& message : messages) heard[{message.caller, message.number}] = message.told;
  return heard;
}

std::uint64_t count_told(const Heard& heard, Told told) {
  return static_cast<std::uint64_t>(std::ranges::count(heard | std::views::values, told));
}

class KilledLedger : public testing::Test {
 protected:
  static std::uint64_t used(EmbeddedLedger& ledger) {
    std::uint64_t sum = 0;
    for (int i = 0; i < 4; ++i) sum += ledger.peek_now(subject_of(i), kPlenty).used;
    // Both claims of a charge or none: the budget is the sum of the callers'.
    EXPECT_EQ(ledger.peek_now(budget_subject(), kPlenty).used, sum);
    return sum;
  }

  /// Every charge that was answered is known, in the state that was answered or, where a call may
  /// have been under way, the one it leads to.
  static void check_each(EmbeddedLedger& ledger, int round, const Heard& heard) {
    for (const auto& [which, told] : heard) {
      const Message message{which.first, which.second, told};
      std::vector<Claim> claims(1);
      claims.front() = {make_subject("auth", "nobody"), 0};
      const core::Result<Charge> again =
          test::await(ledger.charge(request_id(round, message), std::move(claims)));
      const bool is_counted = again.has_value() && again->repeated;
      const bool is_returned =
          !again.has_value() && again.error().code() == LedgerError::kAlreadyRefunded;
      const bool may_be_returned = told == Told::kCharged && message.number % 3 == 1;
      EXPECT_TRUE(is_counted || is_returned) << request_id(round, message);
      if (told == Told::kRefunded) EXPECT_TRUE(is_returned);
      if (told != Told::kRefunded && !may_be_returned) EXPECT_TRUE(is_counted);
    }
  }

  /// Opens what the child has left behind and counts, before and after its leases have ended.
  void check(const EmbeddedLedgerOptions& options, int round, const Heard& heard) {
    auto ledger = EmbeddedLedger::open(options, clock_);
    ASSERT_TRUE(ledger.has_value()) << ledger.error().private_cause();
    check_each(**ledger, round, heard);
    const std::uint64_t settled = count_told(heard, Told::kSettled);
    const std::uint64_t open = count_told(heard, Told::kCharged);
    // Each caller had one call under way, which may have been written or not.
    const std::uint64_t before = used(**ledger);
    EXPECT_GE(before + kCallers, settled_ + settled + open);
    EXPECT_LE(before, settled_ + settled + open + kCallers);
    clock_->advance(std::chrono::seconds(kLeaseSeconds));
    ASSERT_TRUE(test::await((*ledger)->reconcile()).has_value());
    const std::uint64_t after = used(**ledger);
    EXPECT_GE(after, settled_ + settled);
    EXPECT_LE(after, settled_ + settled + kCallers);
    settled_ = after;
  }

  static void check_integrity(const std::filesystem::path& file) {
    auto database =
        store::Database::open(file, store::Access::kReadOnly, std::chrono::milliseconds(0));
    ASSERT_TRUE(database.has_value());
    auto integrity = database->prepare("PRAGMA integrity_check");
    ASSERT_TRUE(integrity.has_value());
    ASSERT_TRUE(integrity->step().value());
    ASSERT_EQ(integrity->column_text(0), "ok");
  }

  const std::shared_ptr<core::ManualClock> clock_ =
      std::make_shared<core::ManualClock>(20'780 * kWindowSeconds);
  /// Settled charges of the day, as last counted.
  std::uint64_t settled_ = 0;
};

TEST_F(KilledLedger, LosesNothingAndInventsNothing) {
  const test::TemporaryFolder folder;
  const EmbeddedLedgerOptions options = options_in(folder.path());
  const auto random = core::make_seeded_random(static_cast<std::uint64_t>(::getpid()));
  for (int round = 0; round < kKills && !HasFailure(); ++round) {
    const std::int64_t now = clock_->unix_seconds();
    const Moment moment = random_moment(*random);
    const std::vector<Message> messages = charge_and_kill(folder.path(), now, round, moment);
    ASSERT_GE(messages.size(), moment.messages);
    ASSERT_NO_FATAL_FAILURE(check(options, round, last_told(messages)));
    ASSERT_NO_FATAL_FAILURE(check_integrity(options.file));
    if (round % 20 != 19) continue;
    // Another day: counters begin at zero, and the rows of the past go.
    clock_->advance(std::chrono::seconds(seconds_to_reset(clock_->unix_seconds())));
    settled_ = 0;
  }
}

}  // namespace
}  // namespace graphrail::quota
