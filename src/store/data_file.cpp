#include "store/data_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>
#include <utility>

namespace graphrail::store {
namespace {

std::unexpected<core::Error> cannot_open(const std::filesystem::path& path, std::string_view what,
                                         int error_number) {
  return core::fail(
      StoreError::kCannotOpen, {"The data folder cannot be used."},
      {fmt::format("cannot {} {}: {}; choose another data folder or fix its "
                   "permissions",
                   what, path.string(), std::generic_category().message(error_number))});
}

core::Result<void> create_private_file(const std::filesystem::path& file) {
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (descriptor < 0) return cannot_open(file, "open", errno);
  ::close(descriptor);
  return {};
}

}  // namespace

core::Result<void> create_data_folder(const std::filesystem::path& folder) {
  std::error_code ignored;
  if (std::filesystem::is_directory(folder, ignored)) return {};
  const std::filesystem::path parent = folder.parent_path();
  if (!parent.empty() && parent != folder) {
    if (core::Result<void> created = create_data_folder(parent); !created) return created;
  }
  if (::mkdir(folder.c_str(), S_IRWXU) == 0) return {};
  const int error_number = errno;
  // Another process may have created it in between; a file of that name is still a failure.
  if (std::filesystem::is_directory(folder, ignored)) return {};
  return cannot_open(folder, "create the folder", error_number);
}

core::Result<Database> open_data_file(const std::filesystem::path& file,
                                      std::chrono::milliseconds busy_timeout,
                                      std::span<const Migration> migrations) {
  const std::filesystem::path folder = file.parent_path();
  if (!folder.empty()) {
    if (core::Result<void> created = create_data_folder(folder); !created) {
      return core::fail(std::move(created.error()));
    }
  }
  if (core::Result<void> created = create_private_file(file); !created) {
    return core::fail(std::move(created.error()));
  }
  core::Result<Database> database = Database::open(file, Access::kReadWrite, busy_timeout);
  if (!database) return database;
  if (core::Result<void> ready = migrate(*database, migrations); !ready) {
    const core::Error& error = ready.error();
    return core::fail(error.code(), {error.public_text()},
                      {fmt::format("{}: {}", file.string(), error.private_cause())});
  }
  return database;
}

}  // namespace graphrail::store
