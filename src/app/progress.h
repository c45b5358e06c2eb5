// How far a batch has come: the numbers, the sentence at the end, and the bar for a terminal.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "core/clock.h"

namespace graphrail::app {

struct BatchProgress {
  std::size_t done = 0;
  std::size_t failed = 0;
  /// Already in the output file.
  std::size_t skipped = 0;
  std::size_t bytes_read = 0;
};

/// "38 done, 2 failed, 5 already there".
[[nodiscard]] std::string summarise(const BatchProgress& progress);

/// "[#####-----]  50%  38 done, 2 failed"; without the bar when the size of the input is not known
/// (0).
[[nodiscard]] std::string render_progress(const BatchProgress& progress, std::uint64_t input_bytes);

/// Redraws one line of a terminal, at most ten times a second; silent elsewhere.
class ProgressLine {
 public:
  ProgressLine(int descriptor, std::uint64_t input_bytes, const core::Clock& clock);
  /// Clears the line.
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  void show(const BatchProgress& progress);

 private:
  int descriptor_;
  bool is_visible_;
  std::uint64_t input_bytes_;
  const core::Clock& clock_;
  core::Clock::SteadyTime next_;
};

}  // namespace graphrail::app
