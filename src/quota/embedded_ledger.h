// The ledger of one process: memory for speed, SQLite for truth. Admissions, settlements and
// refunds are written by group commit before they are answered; denials and peeks are answered from
// memory. The file is locked against a second process. Safe from any thread.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/clock.h"
#include "core/result.h"
#include "quota/book.h"
#include "quota/group_commit.h"
#include "quota/ledger.h"
#include "store/file_lock.h"

namespace graphrail::quota {

struct EmbeddedLedgerOptions {
  /// Created with its folder (0700) when missing; beside it stands a lock file, `<file>.lock`.
  std::filesystem::path file;
  BookOptions book;
  /// Calls that may wait for the writer; more are refused as busy.
  std::size_t max_queued = 100'000;
  /// How long a write waits for another program that looks at the file.
  std::chrono::milliseconds busy_timeout{2'000};
};

class EmbeddedLedger final : public Ledger {
 public:
  /// Reads what is on disk, gives back the charges whose lease has ended, and starts the writer's
  /// thread; blocks, so it is called at start. Fails with StoreError values, kInUse when another
  /// process has the file.
  [[nodiscard]] static core::Result<std::shared_ptr<EmbeddedLedger>> open(
      EmbeddedLedgerOptions options, std::shared_ptr<core::Clock> clock);

  EmbeddedLedger(store::FileLock lock, std::shared_ptr<core::Clock> clock,
                 std::unique_ptr<GroupCommit> writer)
      : lock_(std::move(lock)), clock_(std::move(clock)), writer_(std::move(writer)) {}

  boost::asio::awaitable<core::Result<Charge>> charge(std::string request_id,
                                                      std::vector<Claim> claims) override;
  boost::asio::awaitable<core::Result<void>> settle(std::string request_id,
                                                    std::optional<std::uint64_t> spent) override;
  boost::asio::awaitable<core::Result<bool>> refund(std::string request_id) override;
  boost::asio::awaitable<core::Result<Standing>> peek(Subject subject,
                                                      std::uint64_t limit) override;
  boost::asio::awaitable<core::Result<std::size_t>> reconcile() override;
  boost::asio::awaitable<bool> is_ready() override;

  /// What peek() answers, without a coroutine: a look-up in memory.
  [[nodiscard]] Standing peek_now(const Subject& subject, std::uint64_t limit) const {
    return writer_->book().standing(subject.text(), limit, clock_->unix_seconds());
  }

  /// Takes no more calls and answers what is queued, as GroupCommit::stop().
  void stop() noexcept { writer_->stop(); }

  /// For figures: groups written, counters and charges in memory.
  [[nodiscard]] const GroupCommit& writer() const noexcept { return *writer_; }

 private:
  store::FileLock lock_;
  std::shared_ptr<core::Clock> clock_;
  std::unique_ptr<GroupCommit> writer_;
};

}  // namespace graphrail::quota
