// Saved pages on disk: .html and .html.gz, one by one or a folder of them. Blocking.
#pragma once

#include <string>
#include <vector>

#include "core/result.h"

namespace graphrail::app {

/// The bytes of a page, unpacked when the name ends in ".gz". Fails with AppError::kCannotRead, and
/// with kInputTooLarge beyond the 5 MiB that a fetched page may have.
[[nodiscard]] core::Result<std::string> read_page_file(const std::string& path);

/// Names (without the folder) of the pages in `folder`, sorted. Fails with AppError::kCannotRead.
[[nodiscard]] core::Result<std::vector<std::string>> list_page_files(const std::string& folder);

}  // namespace graphrail::app
