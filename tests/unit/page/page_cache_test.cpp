// What every PageCache must do: in memory, in a file, and one in front of the other.
#include "page/page_cache.h"

#include <gtest/gtest.h>

#include "core/clock.h"
#include "core/work_pool.h"
#include "page/sqlite_page_cache.h"
#include "store/sqlite.h"
#include "support/await.h"
#include "support/temporary_folder.h"

namespace graphrail::page {
namespace {

using PagePtr = std::shared_ptr<const CachedPage>;

PagePtr sample(std::string text, std::int64_t validated_at = 100) {
  auto page = std::make_shared<CachedPage>();
  page->page.text = std::move(text);
  page->page.title = "Tïtle";
  page->page.site_name = "Site";
  page->page.published = "2026-03-03";
  page->page.canonical_url = "https://example.com/a";
  page->page.charset = "utf-8";
  page->page.removed_invisible_chars = 7;
  page->final_url = "https://example.com/a?b=1";
  page->etag = "W/\"x\"";
  page->last_modified = "Tue, 03 Mar 2026 08:00:00 GMT";
  page->validated_at = validated_at;
  return page;
}

/// The implementations, each with what it stands on.
struct World {
  explicit World(std::int64_t max_bytes = 1 << 20) : bytes(max_bytes) {}
  std::shared_ptr<PageCache> file() {
    return make_sqlite_page_cache({.file = folder / "pages.db", .max_bytes = bytes}, pool, clock)
        .value();
  }
  std::shared_ptr<PageCache> memory() const {
    return make_memory_page_cache(static_cast<std::size_t>(bytes));
  }
  std::shared_ptr<PageCache> make(const std::string& kind) {
    if (kind == "memory") return memory();
    if (kind == "file") return file();
    return make_layered_page_cache(memory(), file());
  }

  std::int64_t bytes;
  test::TemporaryFolder folder;
  std::shared_ptr<core::WorkPool> pool = std::make_shared<core::WorkPool>(1, 64);
  std::shared_ptr<core::ManualClock> clock = std::make_shared<core::ManualClock>(1'000);
};

PagePtr find(PageCache& cache, const std::string& key) {
  return test::await(cache.find(key)).value();
}
void save(PageCache& cache, std::vector<std::string> keys, PagePtr page) {
  ASSERT_TRUE(test::await(cache.save(std::move(keys), std::move(page))).has_value());
}

class AnyPageCache : public testing::TestWithParam<std::string> {
 protected:
  World world_;
  std::shared_ptr<PageCache> cache_ = world_.make(GetParam());
};

TEST_P(AnyPageCache, FindsAPageUnderEveryKeyAsItWasSaved) {
  save(*cache_, {"a", "b"}, sample("text 😀"));
  for (const char* key : {"a", "b"}) {
    const PagePtr found = find(*cache_, key);
    ASSERT_NE(found, nullptr);
    EXPECT_EQ(found->page.text, "text 😀");
    EXPECT_EQ(found->page.title, "Tïtle");
    EXPECT_EQ(found->page.published, "2026-03-03");
    EXPECT_EQ(found->page.removed_invisible_chars, 7U);
    EXPECT_EQ(found->final_url, "https://example.com/a?b=1");
    EXPECT_EQ(found->etag, "W/\"x\"");
    EXPECT_EQ(found->last_modified, "Tue, 03 Mar 2026 08:00:00 GMT");
    EXPECT_EQ(found->validated_at, 100);
  }
  EXPECT_EQ(find(*cache_, "c"), nullptr);
}

TEST_P(AnyPageCache, TheLastSaveOfAKeyCounts) {
  save(*cache_, {"a", "b"}, sample("old"));
  save(*cache_, {"a"}, sample("new"));
  EXPECT_EQ(find(*cache_, "a")->page.text, "new");
  EXPECT_EQ(find(*cache_, "b")->page.text, "old");
}

INSTANTIATE_TEST_SUITE_P(Kinds, AnyPageCache, testing::Values("memory", "file", "layered"));

TEST(MemoryPageCache, ForgetsWhatWasUsedLongestAgo) {
  const std::size_t one = sample(std::string(1'000, 'x'))->size_bytes() + 1;
  const auto cache = make_memory_page_cache(2 * one);
  save(*cache, {"a"}, sample(std::string(1'000, 'x')));
  save(*cache, {"b"}, sample(std::string(1'000, 'x')));
  EXPECT_NE(find(*cache, "a"), nullptr);
  save(*cache, {"c"}, sample(std::string(1'000, 'x')));
  EXPECT_NE(find(*cache, "a"), nullptr);
  EXPECT_EQ(find(*cache, "b"), nullptr);
  EXPECT_NE(find(*cache, "c"), nullptr);
}

TEST(SqlitePageCache, SurvivesARestart) {
  World world;
  save(*world.file(), {"a"}, sample("kept"));
  EXPECT_EQ(find(*world.file(), "a")->page.text, "kept");
}

TEST(SqlitePageCache, EvictsTheOldestBeyondItsSize) {
  World world(20'000);
  const auto cache = world.file();
  for (int i = 0; i < 200; ++i) {
    save(*cache, {std::to_string(i)}, sample(std::string(1'000, 'x'), i + 100));
  }
  EXPECT_EQ(find(*cache, "0"), nullptr);
  EXPECT_NE(find(*cache, "199"), nullptr);
  auto database = store::Database::open(world.folder / "pages.db", store::Access::kReadOnly,
                                        std::chrono::milliseconds(0));
  ASSERT_TRUE(database.has_value());
  EXPECT_LT(database->query_int64("SELECT total(bytes) FROM pages").value(), 200'000);
  EXPECT_EQ(database
                ->query_int64("SELECT count(*) FROM page_keys k LEFT JOIN pages p "
                              "ON p.id = k.page_id WHERE p.id IS NULL")
                .value(),
            0);
}

TEST(SqlitePageCache, DropsWhatIsTooOldToServeAnyone) {
  World world;
  const auto cache = world.file();
  save(*cache, {"old"}, sample("old", 1'000));
  world.clock->advance(std::chrono::hours(26));
  save(*cache, {"new"}, sample("new", world.clock->unix_seconds()));
  EXPECT_EQ(find(*cache, "old"), nullptr);
  EXPECT_NE(find(*cache, "new"), nullptr);
}

TEST(SqlitePageCache, ADamagedCopyCountsAsNone) {
  World world;
  const auto cache = world.file();
  save(*cache, {"a"}, sample("sound"));
  auto database = store::Database::open(world.folder / "pages.db", store::Access::kReadWrite,
                                        std::chrono::milliseconds(0));
  ASSERT_TRUE(database->execute("UPDATE pages SET text = 'poison'").has_value());
  EXPECT_EQ(find(*cache, "a"), nullptr);
}

}  // namespace
}  // namespace graphrail::page
