#include "cases/case_caches.h"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>
#include <vector>

#include "core/clock.h"
#include "core/work_pool.h"
#include "page/sqlite_page_cache.h"
#include "store/sqlite.h"
#include "support/temporary_folder.h"

namespace graphrail::cases {
namespace {

namespace asio = boost::asio;
using PagePtr = std::shared_ptr<const page::CachedPage>;

class SlowPageCache final : public page::PageCache {
 public:
  asio::awaitable<core::Result<PagePtr>> find(std::string) override {
    auto waiting = wait();
    co_await std::move(waiting);
    co_return nullptr;
  }
  asio::awaitable<core::Result<void>> save(std::vector<std::string>, PagePtr) override {
    auto waiting = wait();
    co_await std::move(waiting);
    co_return core::Result<void>();
  }

 private:
  static asio::awaitable<void> wait() {
    asio::steady_timer timer(co_await asio::this_coro::executor, std::chrono::seconds(2));
    boost::system::error_code ignored;
    auto token = asio::redirect_error(asio::use_awaitable, ignored);
    co_await timer.async_wait(token);
  }
};

/// A file cache that holds a copy of whatever is asked for, damaged behind its back.
class CorruptPageCache final : public page::PageCache {
 public:
  CorruptPageCache() {
    inner_ = page::make_sqlite_page_cache({.file = file()}, pool_, clock_).value();
  }

  asio::awaitable<core::Result<PagePtr>> find(std::string key) override {
    auto copy = std::make_shared<page::CachedPage>();
    copy->page.text = "A copy that was sound when it was saved.";
    copy->validated_at = clock_->unix_seconds();
    auto saving = inner_->save(std::vector<std::string>(1, key), std::move(copy));
    (void)co_await std::move(saving);
    damage();
    auto finding = inner_->find(std::move(key));
    co_return co_await std::move(finding);
  }
  asio::awaitable<core::Result<void>> save(std::vector<std::string> keys, PagePtr page) override {
    return inner_->save(std::move(keys), std::move(page));
  }

 private:
  std::filesystem::path file() const { return folder_ / "pages.db"; }
  void damage() const {
    auto database =
        store::Database::open(file(), store::Access::kReadWrite, std::chrono::milliseconds(1'000));
    if (database) (void)database->execute("UPDATE pages SET text = 'poison ' || text");
  }

  test::TemporaryFolder folder_;
  std::shared_ptr<core::ManualClock> clock_ = std::make_shared<core::ManualClock>();
  std::shared_ptr<core::WorkPool> pool_ = std::make_shared<core::WorkPool>(1, 16);
  std::shared_ptr<page::PageCache> inner_;
};

}  // namespace

std::shared_ptr<page::PageCache> make_case_cache(const std::string& kind) {
  constexpr std::size_t kBytes = 16 * 1024 * 1024;
  if (kind == "slow") return std::make_shared<SlowPageCache>();
  if (kind == "corrupt") return std::make_shared<CorruptPageCache>();
  return page::make_memory_page_cache(kBytes);
}

}  // namespace graphrail::cases
