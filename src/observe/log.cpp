#include "observe/log.h"

#include <unistd.h>

#include <atomic>
#include <string>

#include "core/clock.h"
#include "observe/log_line.h"
#include "observe/log_writer.h"

namespace graphrail::observe {
namespace {

struct LogSettings {
  std::atomic<LogLevel> level{LogLevel::kInfo};
  std::atomic<LogFormat> format{LogFormat::kJson};
  std::atomic<bool> colour{false};
};

/// A line says when the machine wrote it; how lines look is tested apart from it (log_line.h).
const core::Clock& clock() {
  // tidy-allow(concrete): the log is there before the composition, and reports about it.
  static const core::SystemClock instance;
  return instance;
}

LogSettings& settings() {
  static LogSettings instance;
  return instance;
}

/// Started by the first line; its destructor writes what is pending when the process ends.
LogWriter& writer() {
  static LogWriter instance(STDERR_FILENO);
  return instance;
}

}  // namespace

void configure_log(LogLevel level, LogFormat format, bool colour) {
  settings().level = level;
  settings().format = format;
  settings().colour = colour;
}

bool is_log_enabled(LogLevel level) noexcept {
  return level >= settings().level.load(std::memory_order_relaxed) && level != LogLevel::kOff;
}

void log(LogLevel level, std::string_view event, std::initializer_list<LogField> fields) {
  if (!is_log_enabled(level)) return;
  thread_local std::string line;
  line.clear();
  append_log_line(line, settings().format, settings().colour, level, clock().wall_now(), event,
                  fields);
  writer().append(line);
}

void flush_log() { writer().flush(); }

}  // namespace graphrail::observe
