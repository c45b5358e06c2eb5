// One log line as text or JSON: pure formatting, values in and a string out.
#pragma once

#include <chrono>
#include <initializer_list>
#include <string>
#include <string_view>

#include "observe/log.h"

namespace graphrail::observe {

/// Longest text value that is written whole; what is beyond it is cut and marked with "…".
inline constexpr std::size_t kMaxLoggedTextBytes = 4096;

/// Appends one line with its line feed. JSON: {"time","level","event", fields…}. Text:
/// time LEVEL event name=value…, values with spaces or quotes in quotes. Control characters and
/// ill-formed UTF-8 never come through as they are.
void append_log_line(std::string& out, LogFormat format, bool colour, LogLevel level,
                     std::chrono::system_clock::time_point time, std::string_view event,
                     std::initializer_list<LogField> fields);

}  // namespace graphrail::observe
