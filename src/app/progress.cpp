#include "app/progress.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "app/files.h"
#include "app/terminal.h"

namespace graphrail::app {
namespace {

constexpr std::chrono::milliseconds kRedrawInterval{100};
constexpr std::size_t kBarWidth = 30;
/// Return to column one and erase the line (ECMA-48 EL).
constexpr std::string_view kClearLine = "\r\x1b[K";

}  // namespace

std::string summarise(const BatchProgress& progress) {
  std::string out = fmt::format("{} done, {} failed", progress.done, progress.failed);
  if (progress.skipped != 0) out += fmt::format(", {} already there", progress.skipped);
  return out;
}

std::string render_progress(const BatchProgress& progress, std::uint64_t input_bytes) {
  const std::string counts = summarise(progress);
  if (input_bytes == 0) return counts;
  const std::uint64_t percent =
      std::min<std::uint64_t>(100, progress.bytes_read * 100 / input_bytes);
  const std::size_t filled = percent * kBarWidth / 100;
  return fmt::format("[{:#<{}}{:-<{}}] {:3}%  {}", "", filled, "", kBarWidth - filled, percent,
                     counts);
}

ProgressLine::ProgressLine(int descriptor, std::uint64_t input_bytes, const core::Clock& clock)
    : descriptor_(descriptor),
      is_visible_(is_terminal(descriptor)),
      input_bytes_(input_bytes),
      clock_(clock),
      next_(clock.steady_now()) {}

ProgressLine::~ProgressLine() {
  if (is_visible_) (void)write_all(descriptor_, kClearLine);
}

void ProgressLine::show(const BatchProgress& progress) {
  const core::Clock::SteadyTime now = clock_.steady_now();
  if (!is_visible_ || now < next_) return;
  next_ = now + kRedrawInterval;
  // A terminal that went away is no reason to stop the work.
  (void)write_all(descriptor_, std::string(kClearLine) + render_progress(progress, input_bytes_));
}

}  // namespace graphrail::app
