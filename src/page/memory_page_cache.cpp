#include <list>
#include <mutex>
#include <unordered_map>
#include <utility>

#include "page/page_cache.h"

namespace graphrail::page {
namespace {

using PagePtr = std::shared_ptr<const CachedPage>;

class MemoryPageCache final : public PageCache {
 public:
  explicit MemoryPageCache(std::size_t max_bytes) : max_bytes_(max_bytes) {}

  boost::asio::awaitable<core::Result<PagePtr>> find(std::string key) override {
    co_return look_up(key);
  }

  boost::asio::awaitable<core::Result<void>> save(std::vector<std::string> keys,
                                                  PagePtr page) override {
    const std::scoped_lock lock(mutex_);
    for (std::string& key : keys) put(std::move(key), page);
    while (bytes_ > max_bytes_) remove(std::prev(by_use_.end()));
    co_return core::Result<void>();
  }

 private:
  /// Each key counts the whole page, so the bound holds whatever keys share one.
  struct Entry {
    std::string key;
    PagePtr page;
    std::size_t bytes;
  };
  using Position = std::list<Entry>::iterator;

  PagePtr look_up(const std::string& key) {
    const std::scoped_lock lock(mutex_);
    const auto found = by_key_.find(key);
    if (found == by_key_.end()) return nullptr;
    by_use_.splice(by_use_.begin(), by_use_, found->second);
    return found->second->page;
  }

  void put(std::string key, PagePtr page) {
    const auto old = by_key_.find(key);
    if (old != by_key_.end()) remove(old->second);
    const std::size_t bytes = page->size_bytes() + key.size();
    by_use_.push_front({key, std::move(page), bytes});
    by_key_.emplace(std::move(key), by_use_.begin());
    bytes_ += bytes;
  }

  void remove(Position position) {
    bytes_ -= position->bytes;
    by_key_.erase(position->key);
    by_use_.erase(position);
  }

  const std::size_t max_bytes_;
  std::mutex mutex_;
  std::list<Entry> by_use_;
  std::unordered_map<std::string, Position> by_key_;
  std::size_t bytes_ = 0;
};

class LayeredPageCache final : public PageCache {
 public:
  LayeredPageCache(std::shared_ptr<PageCache> front, std::shared_ptr<PageCache> back)
      : front_(std::move(front)), back_(std::move(back)) {}

  boost::asio::awaitable<core::Result<PagePtr>> find(std::string key) override {
    auto looking_in_front = front_->find(key);
    core::Result<PagePtr> found = co_await std::move(looking_in_front);
    if (found && *found) co_return found;
    auto looking_in_back = back_->find(key);
    found = co_await std::move(looking_in_back);
    if (found && *found) {
      std::vector<std::string> keys(1, std::move(key));
      auto keeping = front_->save(std::move(keys), *found);
      // The front only saves time: what it cannot keep is found again in the back.
      (void)co_await std::move(keeping);
    }
    co_return found;
  }

  boost::asio::awaitable<core::Result<void>> save(std::vector<std::string> keys,
                                                  PagePtr page) override {
    auto saving_in_front = front_->save(keys, page);
    (void)co_await std::move(saving_in_front);
    auto saving_in_back = back_->save(std::move(keys), std::move(page));
    co_return co_await std::move(saving_in_back);
  }

 private:
  std::shared_ptr<PageCache> front_;
  std::shared_ptr<PageCache> back_;
};

}  // namespace

std::size_t CachedPage::size_bytes() const noexcept {
  return sizeof(CachedPage) + page.text.size() + page.title.size() + page.site_name.size() +
         page.published.size() + page.canonical_url.size() + page.charset.size() +
         final_url.size() + etag.size() + last_modified.size();
}

std::shared_ptr<PageCache> make_memory_page_cache(std::size_t max_bytes) {
  return std::make_shared<MemoryPageCache>(max_bytes);
}

std::shared_ptr<PageCache> make_layered_page_cache(std::shared_ptr<PageCache> front,
                                                   std::shared_ptr<PageCache> back) {
  return std::make_shared<LayeredPageCache>(std::move(front), std::move(back));
}

}  // namespace graphrail::page
