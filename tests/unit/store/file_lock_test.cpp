#include "store/file_lock.h"

#include <gtest/gtest.h>

#include <optional>
#include <utility>

#include "support/temporary_folder.h"

namespace graphrail::store {
namespace {

TEST(FileLock, HasOneHolderAtATime) {
  const test::TemporaryFolder folder;
  const std::filesystem::path file = folder / "new" / "ledger.lock";
  {
    core::Result<FileLock> first = FileLock::acquire(file);
    ASSERT_TRUE(first.has_value());
    const core::Result<FileLock> second = FileLock::acquire(file);
    ASSERT_FALSE(second.has_value());
    EXPECT_EQ(second.error().code(), StoreError::kInUse);
    const FileLock moved = std::move(*first);
    EXPECT_FALSE(FileLock::acquire(file).has_value());
  }
  EXPECT_TRUE(FileLock::acquire(file).has_value());
}

TEST(FileLock, SaysWhenTheFileCannotBeMade) {
  const core::Result<FileLock> lock = FileLock::acquire("/dev/null/ledger.lock");
  ASSERT_FALSE(lock.has_value());
  EXPECT_EQ(lock.error().code(), StoreError::kCannotOpen);
}

}  // namespace
}  // namespace graphrail::store
