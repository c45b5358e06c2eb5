#include "app/batch_output.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <utility>

#include "app/app_error.h"
#include "app/batch_line.h"
#include "app/files.h"

namespace graphrail::app {
namespace {

/// How every output line starts; a half-written one may be shorter.
constexpr std::string_view kLineStart = R"({"id":)";
constexpr std::size_t kLongestOutputLine = std::size_t{64} << 20;

std::unexpected<core::Error> cannot_write(const std::string& path) {
  return core::fail(AppError::kCannotWrite,
                    {fmt::format("cannot write `{}`: {}", path, std::strerror(errno))});
}

std::unexpected<core::Error> foreign(const std::string& path, std::size_t number) {
  return core::fail(AppError::kForeignOutput,
                    {fmt::format("line {} of `{}` is not a result of a batch, so nothing was "
                                 "appended; give another file to -o",
                                 number, path)});
}

bool may_be_cut_line(std::string_view text) {
  return text.starts_with(kLineStart) || kLineStart.starts_with(text);
}

}  // namespace

core::Result<BatchOutput> BatchOutput::open(const std::string& path) {
  if (path.empty()) return BatchOutput(STDOUT_FILENO);
  constexpr mode_t kMode = 0644;
  BatchOutput output(::open(path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, kMode));
  if (output.descriptor_ < 0) return cannot_write(path);
  if (flock(output.descriptor_, LOCK_EX | LOCK_NB) != 0) {
    return core::fail(AppError::kOutputInUse,
                      {fmt::format("another batch is writing to `{}`", path)});
  }
  if (core::Result<void> stock = output.take_stock(path); !stock) {
    return core::fail(std::move(stock.error()));
  }
  return output;
}

BatchOutput::~BatchOutput() {
  if (descriptor_ > STDERR_FILENO) close(descriptor_);
}

BatchOutput::BatchOutput(BatchOutput&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), finished_(std::move(other.finished_)) {}

bool BatchOutput::claim(const std::string& key) {
  const auto found = finished_.find(key);
  if (found == finished_.end() || found->second == 0) return false;
  --found->second;
  return true;
}

core::Result<void> BatchOutput::append(std::string_view line) {
  return write_all(descriptor_, line);
}

core::Result<void> BatchOutput::take_stock(const std::string& path) {
  struct stat status{};
  if (fstat(descriptor_, &status) != 0) return cannot_write(path);
  // A pipe or a terminal has no past to resume from.
  if (!S_ISREG(status.st_mode)) return {};
  std::ifstream file(path, std::ios::binary);
  Line line;
  std::size_t whole_bytes = 0;
  for (std::size_t number = 1; read_line(file, kLongestOutputLine, line); ++number) {
    const std::string key = line.is_too_long ? std::string() : resume_key(line.text);
    if (key.empty() && (line.has_end || !may_be_cut_line(line.text))) return foreign(path, number);
    if (!key.empty()) {
      ++finished_[key];
      whole_bytes += line.bytes;
      if (!line.has_end) return append("\n");
    }
  }
  if (ftruncate(descriptor_, static_cast<off_t>(whole_bytes)) != 0) return cannot_write(path);
  return {};
}

}  // namespace graphrail::app
