// Error codes of the store room, the same for every database behind it.
#pragma once

#include <system_error>

namespace graphrail::store {

enum class StoreError {
  /// The folder or the file cannot be created, opened or written.
  kCannotOpen = 1,
  /// The file is no database of ours, or it is damaged.
  kCorrupt,
  /// The database was written by a newer program than this one.
  kNewerSchema,
  /// Another process held the database for longer than the busy timeout.
  kBusy,
  /// A constraint (unique, foreign key, not null) refused the row.
  kConstraint,
  /// Anything else: disk full, I/O error, a statement that does not fit the schema.
  kFailed,
  /// Another process holds the lock of the file or folder.
  kInUse,
};

[[nodiscard]] std::error_code make_error_code(StoreError error) noexcept;

}  // namespace graphrail::store

template <>
struct std::is_error_code_enum<graphrail::store::StoreError> : std::true_type {};
