// USES: quota core
// What the embedded ledger can do: charges by group commit with many callers waiting at once (on
// the disk of the temporary folder, or in BENCH_FOLDER), peeks on one core, and the memory that a
// counter takes.
#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <malloc.h>

#include <atomic>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "quota/book.h"
#include "quota/embedded_ledger.h"

namespace graphrail::quota {
namespace {

namespace asio = boost::asio;

/// A ledger in a new folder, removed at the end.
class LedgerInFolder {
 public:
  LedgerInFolder() {
    const char* chosen = std::getenv("BENCH_FOLDER");
    const std::filesystem::path parent =
        chosen == nullptr ? std::filesystem::temp_directory_path() : std::filesystem::path(chosen);
    std::string name = (parent / "graphrail-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) std::abort();
    folder_ = name;
    EmbeddedLedgerOptions options;
    options.file = folder_ / "quota.db";
    options.book.max_open = 50'000'000;
    ledger_ = EmbeddedLedger::open(options, std::make_shared<core::SystemClock>()).value();
  }
  ~LedgerInFolder() {
    ledger_.reset();
    std::filesystem::remove_all(folder_);
  }
  LedgerInFolder(const LedgerInFolder&) = delete;
  LedgerInFolder& operator=(const LedgerInFolder&) = delete;

  EmbeddedLedger& operator*() { return *ledger_; }
  EmbeddedLedger* operator->() { return ledger_.get(); }

 private:
  std::filesystem::path folder_;
  std::shared_ptr<EmbeddedLedger> ledger_;
};

/// One caller: charges until there are none left to do, each time for another of its subjects.
asio::awaitable<void> charge_all(EmbeddedLedger* ledger, std::atomic<std::int64_t>* left,
                                 std::size_t number, bool settles) {
  for (int i = 0; left->fetch_sub(1) > 0; ++i) {
    std::string id = fmt::format("{:08x}-{:024x}", number, i);
    std::vector<Claim> claims;
    claims.push_back(
        {make_subject("auth", fmt::format("user_{:06}_{:03}", number, i % 100)), 1000});
    auto charging = ledger->charge(id, std::move(claims));
    const core::Result<Charge> charge = co_await std::move(charging);
    if (!charge || !charge->admitted) std::abort();
    if (!settles) continue;
    auto settling = ledger->settle(std::move(id), std::nullopt);
    const core::Result<void> settled = co_await std::move(settling);
    if (!settled) std::abort();
  }
}

void run_callers(benchmark::State& state, bool settles) {
  constexpr std::int64_t kCharges = 1'000'000;
  const auto callers = static_cast<std::size_t>(state.range(0));
  const auto threads = static_cast<std::size_t>(state.range(1));
  std::uint64_t groups = 0;
  for (auto _ : state) {
    state.PauseTiming();
    auto ledger = std::make_unique<LedgerInFolder>();
    std::atomic<std::int64_t> left{kCharges};
    std::vector<std::unique_ptr<asio::io_context>> contexts;
    for (std::size_t i = 0; i < threads; ++i) {
      contexts.push_back(std::make_unique<asio::io_context>(1));
    }
    for (std::size_t i = 0; i < callers; ++i) {
      asio::co_spawn(*contexts[i % threads], charge_all(&**ledger, &left, i, settles),
                     asio::detached);
    }
    state.ResumeTiming();
    std::vector<std::thread> running;
    for (auto& context : contexts) running.emplace_back([&context] { context->run(); });
    for (std::thread& thread : running) thread.join();
    state.PauseTiming();
    groups += (*ledger)->writer().groups();
    ledger.reset();
    state.ResumeTiming();
  }
  state.SetItemsProcessed(state.iterations() * kCharges);
  state.counters["groups"] = static_cast<double>(groups);
}

void charge(benchmark::State& state) { run_callers(state, false); }
BENCHMARK(charge)
    ->ArgNames({"callers", "threads"})
    ->Args({1'000, 1})
    ->Args({4'000, 1})
    ->Args({16'000, 1})
    ->Args({16'000, 2})
    ->Iterations(1)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

void charge_and_settle(benchmark::State& state) { run_callers(state, true); }
BENCHMARK(charge_and_settle)
    ->ArgNames({"callers", "threads"})
    ->Args({16'000, 1})
    ->Iterations(1)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

/// One caller after the other: what a single generation waits for.
void charge_latency(benchmark::State& state) {
  LedgerInFolder ledger;
  std::size_t number = 0;
  for (auto _ : state) {
    asio::io_context context(1);
    std::atomic<std::int64_t> left{1};
    asio::co_spawn(context, charge_all(&*ledger, &left, ++number, false), asio::detached);
    context.run();
    benchmark::DoNotOptimize(left);
  }
}
BENCHMARK(charge_latency)->Iterations(200)->UseRealTime()->Unit(benchmark::kMicrosecond);

std::string caller_name(std::int64_t number) { return fmt::format("user_{:020}", number); }

void fill(Book& book, std::int64_t keys, std::int64_t now) {
  Changes changes;
  std::vector<Claim> claims(1);
  for (std::int64_t i = 0; i < keys; ++i) {
    const std::string id = fmt::format("{:032x}", i);
    claims.front() = {make_subject("auth", caller_name(i)), 3};
    if (!book.charge(id, claims, now, changes)) std::abort();
    if (!book.settle(id, std::nullopt, now, changes)) std::abort();
    changes.clear();
    book.tidy(now);
  }
}

void peek(benchmark::State& state) {
  constexpr std::int64_t kNow = 1'800'000'000;
  const std::int64_t keys = state.range(0);
  Book book(BookOptions{.max_remembered = 0});
  fill(book, keys, kNow);
  std::vector<Subject> subjects;
  for (std::int64_t i = 0; i < 4'096; ++i) {
    subjects.push_back(make_subject("auth", caller_name(i * 7'919 % keys)));
  }
  std::size_t at = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(book.standing(subjects[at].text(), 3, kNow));
    at = (at + 1) % subjects.size();
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(peek)->ArgName("keys")->Arg(10'000)->Arg(1'000'000);

/// The public way: with the clock read.
void peek_now(benchmark::State& state) {
  LedgerInFolder ledger;
  const Subject subject = make_subject("anon", "203.0.113.7");
  for (auto _ : state) benchmark::DoNotOptimize(ledger->peek_now(subject, 3));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(peek_now);

std::size_t heap_bytes() {
  const struct mallinfo2 info = ::mallinfo2();
  return info.uordblks + info.hblkhd;
}

/// Bytes of heap for each counter, and for each ended charge that is remembered.
void memory(benchmark::State& state) {
  constexpr std::int64_t kNow = 1'800'000'000;
  const std::int64_t keys = state.range(0);
  const auto remembered = static_cast<std::size_t>(state.range(1));
  for (auto _ : state) {
    const std::size_t before = heap_bytes();
    auto book = std::make_unique<Book>(BookOptions{.max_remembered = remembered});
    fill(*book, keys, kNow);
    const auto bytes = static_cast<double>(heap_bytes() - before);
    state.counters["bytes_per_key"] = bytes / static_cast<double>(keys);
    state.counters["MiB"] = bytes / (1 << 20U);
  }
}
BENCHMARK(memory)
    ->ArgNames({"keys", "remembered"})
    ->Args({10'000, 0})
    ->Args({1'000'000, 0})
    ->Args({10'000'000, 0})
    ->Args({1'000'000, 1'000'000})
    ->Iterations(1)
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace graphrail::quota
