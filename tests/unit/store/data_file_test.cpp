#include "store/data_file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <string>

#include "store/migrations.h"
#include "support/temporary_folder.h"

namespace graphrail::store {
namespace {

using std::chrono::milliseconds;

mode_t mode_of(const std::filesystem::path& path) {
  struct stat status{};
  EXPECT_EQ(::stat(path.c_str(), &status), 0) << path;
  return status.st_mode & 0777;
}

core::Result<Database> open(const std::filesystem::path& file) {
  return open_data_file(file, milliseconds(0));
}

void write_file(const std::filesystem::path& file, const std::string& text) {
  std::ofstream(file, std::ios::binary) << text;
}

TEST(DataFile, IsCreatedForItsOwnerOnly) {
  const test::TemporaryFolder folder;
  const auto file = folder / "a/b" / "graphrail.db";
  ASSERT_TRUE(open(file).has_value());
  EXPECT_EQ(mode_of(folder / "a"), 0700U);
  EXPECT_EQ(mode_of(folder / "a/b"), 0700U);
  EXPECT_EQ(mode_of(file), 0600U);
}

TEST(DataFile, ItsWriteAheadLogIsForItsOwnerOnly) {
  const test::TemporaryFolder folder;
  const auto file = folder / "graphrail.db";
  core::Result<Database> database = open(file);
  ASSERT_TRUE(database.has_value());
  ASSERT_TRUE(database->execute("INSERT INTO users (id, created_at) VALUES ('u', 1)"));
  EXPECT_EQ(mode_of(folder / "graphrail.db-wal"), 0600U);
}

TEST(DataFile, LeavesAnExistingFoldersModeAlone) {
  const test::TemporaryFolder folder;
  const auto data = folder / "shared";
  ASSERT_TRUE(std::filesystem::create_directory(data));
  ASSERT_EQ(::chmod(data.c_str(), 0750), 0);
  ASSERT_TRUE(open(data / "graphrail.db").has_value());
  EXPECT_EQ(mode_of(data), 0750U);
}

TEST(DataFile, KeepsItsRowsWhenOpenedAgain) {
  const test::TemporaryFolder folder;
  const auto file = folder / "graphrail.db";
  {
    core::Result<Database> database = open(file);
    ASSERT_TRUE(database.has_value());
    ASSERT_TRUE(database->execute("INSERT INTO users (id, created_at) VALUES ('u', 1)"));
  }
  core::Result<Database> again = open(file);
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(again->query_int64("SELECT count(*) FROM users").value_or(-1), 1);
}

TEST(DataFile, SaysWhichFolderCannotBeCreated) {
  const test::TemporaryFolder folder;
  write_file(folder / "file", "not a folder");
  const core::Result<Database> database = open(folder / "file" / "graphrail.db");
  ASSERT_FALSE(database.has_value());
  EXPECT_EQ(database.error().code(), StoreError::kCannotOpen);
  EXPECT_NE(database.error().private_cause().find((folder / "file").string()), std::string::npos);
  EXPECT_EQ(database.error().public_text().find(folder.path().string()), std::string::npos);
}

TEST(DataFile, SaysWhyAFolderCannotBeWritten) {
  // Nobody may create folders in /proc, not even the superuser, so this holds for any test user.
  const core::Result<Database> database = open("/proc/graphrail/graphrail.db");
  ASSERT_FALSE(database.has_value());
  EXPECT_EQ(database.error().code(), StoreError::kCannotOpen);
  EXPECT_NE(database.error().private_cause().find("/proc/graphrail"), std::string::npos);
}

/// File permissions do not hold for the superuser, so the check runs as an ordinary user.
class AsOrdinaryUser {
 public:
  AsOrdinaryUser() {
    if (was_superuser_) EXPECT_EQ(::seteuid(kNobody), 0);
  }
  ~AsOrdinaryUser() {
    if (was_superuser_) EXPECT_EQ(::seteuid(0), 0);
  }
  AsOrdinaryUser(const AsOrdinaryUser&) = delete;
  AsOrdinaryUser& operator=(const AsOrdinaryUser&) = delete;

 private:
  static constexpr uid_t kNobody = 65'534;
  const bool was_superuser_ = ::geteuid() == 0;
};

TEST(DataFile, SaysThatAFolderIsReadOnly) {
  const test::TemporaryFolder folder;
  ASSERT_EQ(::chmod(folder.path().c_str(), 0555), 0);
  {
    const AsOrdinaryUser ordinary;
    for (const auto& file : {folder / "graphrail.db", folder / "data" / "graphrail.db"}) {
      const core::Result<Database> database = open(file);
      ASSERT_FALSE(database.has_value());
      EXPECT_EQ(database.error().code(), StoreError::kCannotOpen);
      EXPECT_NE(database.error().private_cause().find("Permission denied"), std::string::npos);
    }
  }
  ASSERT_EQ(::chmod(folder.path().c_str(), 0755), 0);
}

TEST(DataFile, SaysThatAnExistingFileCannotBeWritten) {
  const test::TemporaryFolder folder;
  const auto file = folder / "graphrail.db";
  ASSERT_TRUE(open(file).has_value());
  ASSERT_EQ(::chmod(file.c_str(), 0444), 0);
  ASSERT_EQ(::chmod(folder.path().c_str(), 0555), 0);
  {
    const AsOrdinaryUser ordinary;
    EXPECT_EQ(open(file).error().code(), StoreError::kCannotOpen);
    const auto reader = Database::open(file, Access::kReadOnly, milliseconds(0));
    ASSERT_FALSE(reader.has_value());
    EXPECT_EQ(reader.error().code(), StoreError::kCannotOpen);
  }
  ASSERT_EQ(::chmod(folder.path().c_str(), 0755), 0);
}

TEST(DataFile, SaysThatTheFolderOfAWritableFileIsReadOnly) {
  const test::TemporaryFolder folder;
  const auto file = folder / "graphrail.db";
  ASSERT_TRUE(open(file).has_value());
  ASSERT_EQ(::chmod(file.c_str(), 0666), 0);
  ASSERT_EQ(::chmod(folder.path().c_str(), 0555), 0);
  {
    const AsOrdinaryUser ordinary;
    const core::Result<Database> database = open(file);
    ASSERT_FALSE(database.has_value());
    EXPECT_EQ(database.error().code(), StoreError::kCannotOpen) << database.error().private_cause();
    EXPECT_NE(database.error().private_cause().find("folder"), std::string::npos);
  }
  ASSERT_EQ(::chmod(folder.path().c_str(), 0755), 0);
}

TEST(DataFile, RefusesAFolderInPlaceOfTheFile) {
  const test::TemporaryFolder folder;
  EXPECT_EQ(open(folder.path()).error().code(), StoreError::kCannotOpen);
}

TEST(DataFile, RefusesAFileThatIsNoDatabase) {
  const test::TemporaryFolder folder;
  const auto file = folder / "graphrail.db";
  write_file(file, std::string(5'000, 'x'));
  const core::Result<Database> database = open(file);
  ASSERT_FALSE(database.has_value());
  EXPECT_EQ(database.error().code(), StoreError::kCorrupt);
  EXPECT_NE(database.error().private_cause().find("graphrail.db"), std::string::npos);
  EXPECT_NE(database.error().private_cause().find("restore a backup"), std::string::npos);
}

TEST(DataFile, RefusesADamagedDatabase) {
  const test::TemporaryFolder folder;
  const auto file = folder / "graphrail.db";
  ASSERT_TRUE(open(file).has_value());
  {
    // Overwrites the schema page behind the file header.
    std::fstream damage(file, std::ios::in | std::ios::out | std::ios::binary);
    damage.seekp(100);
    damage << std::string(3'000, '\xFF');
  }
  EXPECT_EQ(open(file).error().code(), StoreError::kCorrupt);
}

TEST(DataFile, RefusesTheSchemaOfANewerProgram) {
  const test::TemporaryFolder folder;
  const auto file = folder / "graphrail.db";
  {
    core::Result<Database> database = open(file);
    ASSERT_TRUE(database.has_value());
    ASSERT_TRUE(database->execute("PRAGMA user_version=9999"));
  }
  const core::Result<Database> database = open(file);
  ASSERT_FALSE(database.has_value());
  EXPECT_EQ(database.error().code(), StoreError::kNewerSchema);
  EXPECT_NE(database.error().private_cause().find("9999"), std::string::npos);
  EXPECT_NE(database.error().private_cause().find(file.string()), std::string::npos);
}

}  // namespace
}  // namespace graphrail::store
