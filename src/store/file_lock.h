// A lock on a file that one process holds as long as its object lives, and that the system takes
// back when the process dies, however it dies (flock(2)). For stores that keep truth in memory.
#pragma once

#include <filesystem>

#include "core/result.h"
#include "store/store_error.h"

namespace graphrail::store {

class FileLock {
 public:
  /// Creates `file` (0600) and its folder where missing and locks it, without waiting. Fails with
  /// StoreError::kInUse when another holder has it, and with kCannotOpen.
  [[nodiscard]] static core::Result<FileLock> acquire(const std::filesystem::path& file);

  ~FileLock();
  FileLock(FileLock&& other) noexcept;
  FileLock& operator=(FileLock&&) = delete;

 private:
  explicit FileLock(int descriptor) : descriptor_(descriptor) {}
  /// -1 once moved from.
  int descriptor_;
};

}  // namespace graphrail::store
