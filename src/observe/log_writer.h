// The thread that carries finished log lines to a file descriptor. Callers only append to a
// bounded buffer, so a stalled terminal or pipe never stops an I/O thread, and many lines share
// one system call. Lines that found the buffer full are counted and reported, not lost unseen.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

namespace graphrail::observe {

class LogWriter {
 public:
  /// Most bytes that may wait for the descriptor.
  static constexpr std::size_t kMaxPendingBytes = 1024 * 1024;

  /// Writes to `descriptor`, which the caller keeps open.
  explicit LogWriter(int descriptor);
  /// Writes what is pending, waiting at most a second for a descriptor that takes nothing.
  ~LogWriter();
  LogWriter(const LogWriter&) = delete;
  LogWriter& operator=(const LogWriter&) = delete;

  /// Takes one finished line. Safe from any thread; never waits for the descriptor.
  void append(std::string_view line);
  /// Blocks until everything appended before has been handed to the descriptor.
  void flush();

 private:
  void work();
  void write_all(std::string_view bytes);

  const int descriptor_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::condition_variable drained_;
  std::string pending_;
  std::uint64_t dropped_lines_ = 0;
  bool is_writing_ = false;
  bool is_stopping_ = false;
  std::thread thread_;
};

}  // namespace graphrail::observe
