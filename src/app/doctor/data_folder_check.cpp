#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>

#include "app/doctor/local_checks.h"
#include "store/migrations.h"
#include "store/sqlite.h"

namespace graphrail::app::doctor {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::milliseconds kBusyTimeout{2'000};
constexpr std::uintmax_t kMebibyte = 1'048'576;
/// A database in write-ahead mode stops being writable somewhere below this.
constexpr std::uintmax_t kLeastRoom = 64 * kMebibyte;
constexpr std::uintmax_t kGoodRoom = 1024 * kMebibyte;

Check& fail(Check& check, std::string seen, std::string mend) {
  check.state = CheckState::kFailed;
  check.seen = std::move(seen);
  check.mend = std::move(mend);
  return check;
}

/// The folder itself, or the one above it that exists.
fs::path existing_part(const fs::path& folder) {
  std::error_code failed;
  fs::path path = fs::absolute(folder, failed).lexically_normal();
  while (!fs::exists(path, failed) && path.has_relative_path()) path = path.parent_path();
  return path;
}

std::string describe_room(std::uintmax_t bytes) {
  return fmt::format("{:.1f} GiB free",
                     static_cast<double>(bytes) / static_cast<double>(1024 * kMebibyte));
}

/// Nothing, or why the database cannot be used.
std::string find_database_fault(const fs::path& file) {
  auto database = store::Database::open(file, store::Access::kReadWrite, kBusyTimeout);
  if (!database) return database.error().private_cause();
  const auto version = database->query_int64("PRAGMA user_version");
  if (!version) return version.error().private_cause();
  const int known = store::sqlite_migrations().back().version;
  if (*version <= known) return "";
  return fmt::format("its schema {} is newer than this program's {}", *version, known);
}

void judge_room(Check& check, const fs::path& path) {
  std::error_code failed;
  const fs::space_info space = fs::space(path, failed);
  if (failed) return;
  check.seen += ", " + describe_room(space.available);
  check.detail["free_bytes"] = space.available;
  if (space.available >= kGoodRoom) return;
  check.state = space.available < kLeastRoom ? CheckState::kFailed : CheckState::kWarning;
  check.mend = "Make room, or set DATA_DIR to a folder on a larger disk.";
}

}  // namespace

Check check_data_folder(const config::Settings& settings) {
  const fs::path folder(settings.data_dir);
  const fs::path file = folder / "graphrail.db";
  Check check{.name = "data folder", .detail = {{"path", settings.data_dir}}};
  std::error_code failed;
  const fs::path existing = existing_part(folder);
  const bool is_there = fs::exists(folder, failed);
  if (!fs::is_directory(existing, failed)) {
    return fail(check, fmt::format("{} is no folder", existing.string()),
                "Set DATA_DIR to a folder, or to a path where one can be made.");
  }
  if (access(existing.c_str(), W_OK | X_OK) != 0) {
    return fail(check, fmt::format("{} cannot be written by this user", existing.string()),
                "Fix its permissions, or set DATA_DIR to another folder.");
  }
  check.seen = is_there ? fmt::format("{} can be written", settings.data_dir)
                        : fmt::format("{} will be made at the start", settings.data_dir);
  if (fs::exists(file, failed)) {
    const std::string fault = find_database_fault(file);
    if (!fault.empty()) {
      return fail(check, fmt::format("{} cannot be used: {}", file.string(), tidy_words(fault)),
                  "Stop what holds it, put back a good copy, or set DATA_DIR to another folder.");
    }
    check.seen += ", its database opens";
  }
  judge_room(check, existing);
  return check;
}

}  // namespace graphrail::app::doctor
