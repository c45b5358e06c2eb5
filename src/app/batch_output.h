// The output file of a batch: finds out what an earlier run has finished, repairs its last line,
// and appends whole lines. One process at a time (flock); used by one thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>

#include "core/result.h"

namespace graphrail::app {

class BatchOutput {
 public:
  /// Opens or creates the file, or standard output when `path` is empty. A last line that a killed
  /// run left half-written is cut off; a whole one without its line break gets it. Fails with
  /// AppError::kCannotWrite, kOutputInUse, and kForeignOutput, which leaves the file as it was.
  [[nodiscard]] static core::Result<BatchOutput> open(const std::string& path);

  ~BatchOutput();
  BatchOutput(BatchOutput&& other) noexcept;
  BatchOutput& operator=(BatchOutput&&) = delete;

  /// True when an earlier run wrote a line with that key (resume_key of batch_line.h). Each such
  /// line stands for one line of the input, so an id that occurs twice is worked on twice.
  [[nodiscard]] bool claim(const std::string& key);

  /// Appends one line. Fails with AppError::kCannotWrite.
  [[nodiscard]] core::Result<void> append(std::string_view line);

 private:
  explicit BatchOutput(int descriptor) : descriptor_(descriptor) {}
  [[nodiscard]] core::Result<void> take_stock(const std::string& path);

  int descriptor_;
  /// Lines of earlier runs by key, less those claimed.
  std::unordered_map<std::string, std::size_t> finished_;
};

}  // namespace graphrail::app
