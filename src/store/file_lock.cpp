#include "store/file_lock.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

#include "store/data_file.h"

namespace graphrail::store {

core::Result<FileLock> FileLock::acquire(const std::filesystem::path& file) {
  if (const std::filesystem::path folder = file.parent_path(); !folder.empty()) {
    if (core::Result<void> created = create_data_folder(folder); !created) {
      return core::fail(std::move(created.error()));
    }
  }
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
  int locked = -1;
  if (descriptor >= 0) {
    do {
      locked = ::flock(descriptor, LOCK_EX | LOCK_NB);
    } while (locked != 0 && errno == EINTR);
  }
  if (locked == 0) return FileLock(descriptor);
  const int error_number = errno;
  if (descriptor >= 0) ::close(descriptor);
  if (error_number == EWOULDBLOCK) {
    return core::fail(StoreError::kInUse, {"The data folder is in use."},
                      {fmt::format("another process holds {}: stop it, or give this one a data "
                                   "folder of its own",
                                   file.string())});
  }
  return core::fail(StoreError::kCannotOpen, {"The data folder cannot be used."},
                    {fmt::format("cannot lock {}: {}", file.string(),
                                 std::generic_category().message(error_number))});
}

FileLock::FileLock(FileLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

FileLock::~FileLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace graphrail::store
