// Structured log lines to standard error: readable text on a terminal, one JSON object a line
// otherwise. Fields are typed values, so a Secret (core/secret.h) cannot be passed. Safe from any
// thread.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>

namespace graphrail::observe {

enum class LogLevel { kDebug, kInfo, kWarn, kError, kOff };
enum class LogFormat { kText, kJson };

struct LogField {
  std::string_view name;
  std::variant<std::string_view, std::int64_t, double, bool> value;

  LogField(std::string_view field, std::string_view text) : name(field), value(text) {}
  LogField(std::string_view field, const std::string& text)
      : name(field), value(std::string_view(text)) {}
  LogField(std::string_view field, const char* text) : name(field), value(std::string_view(text)) {}
  LogField(std::string_view field, bool flag) : name(field), value(flag) {}
  LogField(std::string_view field, double number) : name(field), value(number) {}
  template <class Integer>
    requires std::is_integral_v<Integer>
  LogField(std::string_view field, Integer number)
      : name(field), value(static_cast<std::int64_t>(number)) {}
};

/// Sets level and format for the process; call once before threads start. `colour` only matters
/// for text.
void configure_log(LogLevel level, LogFormat format, bool colour);

/// True when a line of that level would be written: check before costly formatting.
[[nodiscard]] bool is_log_enabled(LogLevel level) noexcept;

/// Writes one line. `event` is a short constant phrase ("request", "store opened"); what varies
/// goes into fields. Control characters are escaped, so a line cannot be forged.
void log(LogLevel level, std::string_view event, std::initializer_list<LogField> fields = {});

/// Blocks until every line logged before has been written: for tests and just before an abort.
void flush_log();

inline void log_debug(std::string_view event, std::initializer_list<LogField> fields = {}) {
  if (is_log_enabled(LogLevel::kDebug)) log(LogLevel::kDebug, event, fields);
}
inline void log_info(std::string_view event, std::initializer_list<LogField> fields = {}) {
  if (is_log_enabled(LogLevel::kInfo)) log(LogLevel::kInfo, event, fields);
}
inline void log_warn(std::string_view event, std::initializer_list<LogField> fields = {}) {
  log(LogLevel::kWarn, event, fields);
}
inline void log_error(std::string_view event, std::initializer_list<LogField> fields = {}) {
  log(LogLevel::kError, event, fields);
}

}  // namespace graphrail::observe
