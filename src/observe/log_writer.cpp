#include "observe/log_writer.h"

#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

namespace graphrail::observe {
namespace {

constexpr int kStoppingPatienceMs = 1000;
/// A pipe that is ready takes this much (PIPE_BUF) without blocking.
constexpr std::size_t kBytesPerWrite = 4096;

}  // namespace

LogWriter::LogWriter(int descriptor) : descriptor_(descriptor), thread_([this] { work(); }) {}

LogWriter::~LogWriter() {
  {
    const std::scoped_lock lock(mutex_);
    is_stopping_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void LogWriter::append(std::string_view line) {
  bool should_wake = false;
  {
    const std::scoped_lock lock(mutex_);
    if (pending_.size() + line.size() > kMaxPendingBytes) {
      ++dropped_lines_;
      return;
    }
    should_wake = pending_.empty();
    pending_ += line;
  }
  if (should_wake) wake_.notify_one();
}

void LogWriter::flush() {
  std::unique_lock lock(mutex_);
  drained_.wait(lock, [this] { return pending_.empty() && !is_writing_; });
}

void LogWriter::work() {
  std::string batch;
  std::unique_lock lock(mutex_);
  for (;;) {
    wake_.wait(lock, [this] { return is_stopping_ || !pending_.empty(); });
    if (pending_.empty()) return;
    batch.clear();
    std::swap(batch, pending_);
    const std::uint64_t dropped = std::exchange(dropped_lines_, 0);
    is_writing_ = true;
    lock.unlock();
    if (dropped > 0)
      batch += fmt::format("{{\"event\":\"log lines dropped\",\"count\":{}}}\n", dropped);
    write_all(batch);
    lock.lock();
    is_writing_ = false;
    if (pending_.empty()) drained_.notify_all();
  }
}

void LogWriter::write_all(std::string_view bytes) {
  while (!bytes.empty()) {
    pollfd ready{.fd = descriptor_, .events = POLLOUT, .revents = 0};
    const int count = poll(&ready, 1, kStoppingPatienceMs);
    if (count == 0) {
      const std::scoped_lock lock(mutex_);
      if (is_stopping_) return;
      continue;
    }
    const ssize_t written =
        ::write(descriptor_, bytes.data(), std::min(bytes.size(), kBytesPerWrite));
    if (written > 0) {
      bytes.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno != EINTR && errno != EAGAIN) {
      return;  // The reader is gone; there is nobody left to tell.
    }
  }
}

}  // namespace graphrail::observe
