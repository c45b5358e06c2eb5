#include "quota/embedded_ledger.h"

#include <utility>

#include "observe/log.h"
#include "quota/journal.h"

namespace graphrail::quota {

core::Result<std::shared_ptr<EmbeddedLedger>> EmbeddedLedger::open(
    EmbeddedLedgerOptions options, std::shared_ptr<core::Clock> clock) {
  std::filesystem::path lock_file = options.file;
  lock_file += ".lock";
  core::Result<store::FileLock> lock = store::FileLock::acquire(lock_file);
  if (!lock) return core::fail(std::move(lock.error()));
  core::Result<std::unique_ptr<Journal>> journal =
      Journal::open(options.file, options.busy_timeout);
  if (!journal) return core::fail(std::move(journal.error()));

  auto book = std::make_unique<Book>(options.book);
  const std::int64_t now = clock->unix_seconds();
  const auto take = [&](std::unique_ptr<ChargeRecord> record) {
    book->restore(std::move(record), now);
  };
  if (core::Result<void> loaded = (*journal)->load(take); !loaded) {
    return core::fail(std::move(loaded.error()));
  }
  Changes changes;
  const std::size_t expired = book->expire(now, changes);
  const core::Result<std::int64_t> written = (*journal)->write(changes, Book::oldest_kept(now));
  if (!written) return core::fail(written.error());
  if (expired > 0) observe::log_info("charges of a dead process given back", {{"count", expired}});
  auto writer = std::make_unique<GroupCommit>(std::move(book), std::move(*journal), clock,
                                              options.max_queued);
  return std::make_shared<EmbeddedLedger>(std::move(*lock), std::move(clock), std::move(writer));
}

boost::asio::awaitable<core::Result<Charge>> EmbeddedLedger::charge(std::string request_id,
                                                                    std::vector<Claim> claims) {
  core::Result<void> checked = check_charge(request_id, claims);
  if (!checked) co_return core::fail(std::move(checked.error()));
  const std::int64_t now = clock_->unix_seconds();
  std::optional<Charge> denied = writer_->book().deny_at_once(request_id, claims, now);
  if (denied) co_return std::move(*denied);
  auto decide = [request_id = std::move(request_id), claims = std::move(claims)](
                    Book& book, std::int64_t at, Changes& changes) {
    return book.charge(request_id, claims, at, changes);
  };
  auto running = writer_->run(std::move(decide));
  co_return co_await std::move(running);
}

boost::asio::awaitable<core::Result<void>> EmbeddedLedger::settle(
    std::string request_id, std::optional<std::uint64_t> spent) {
  auto decide = [request_id = std::move(request_id), spent](Book& book, std::int64_t at,
                                                            Changes& changes) {
    return book.settle(request_id, spent, at, changes);
  };
  auto running = writer_->run(std::move(decide));
  co_return co_await std::move(running);
}

boost::asio::awaitable<core::Result<bool>> EmbeddedLedger::refund(std::string request_id) {
  auto decide = [request_id = std::move(request_id)](Book& book, std::int64_t at,
                                                     Changes& changes) -> core::Result<bool> {
    return book.refund(request_id, at, changes);
  };
  auto running = writer_->run(std::move(decide));
  co_return co_await std::move(running);
}

boost::asio::awaitable<core::Result<Standing>> EmbeddedLedger::peek(Subject subject,
                                                                    std::uint64_t limit) {
  co_return peek_now(subject, limit);
}

boost::asio::awaitable<core::Result<std::size_t>> EmbeddedLedger::reconcile() {
  auto decide = [](Book& book, std::int64_t at, Changes& changes) -> core::Result<std::size_t> {
    return book.expire(at, changes);
  };
  auto running = writer_->run(std::move(decide));
  co_return co_await std::move(running);
}

boost::asio::awaitable<bool> EmbeddedLedger::is_ready() {
  if (writer_->is_healthy()) co_return true;
  // A group of no changes is written while the ledger is not healthy, to find out.
  auto trying = reconcile();
  co_return (co_await std::move(trying)).has_value();
}

}  // namespace graphrail::quota
