#include "observe/log_line.h"

#include <fmt/format.h>

#include <cmath>
#include <iterator>
#include <string>
#include <string_view>

#include "core/utf8.h"

namespace graphrail::observe {
namespace {

struct LevelNames {
  std::string_view json;
  std::string_view text;
  std::string_view colour;
};

LevelNames names_of(LogLevel level) {
  switch (level) {
    case LogLevel::kDebug:
      return {"debug", "DEBUG", "\x1b[2m"};
    case LogLevel::kInfo:
      return {"info", "INFO ", "\x1b[32m"};
    case LogLevel::kWarn:
      return {"warn", "WARN ", "\x1b[33m"};
    case LogLevel::kError:
    case LogLevel::kOff:
      break;
  }
  return {"error", "ERROR", "\x1b[31m"};
}

void append_time(std::string& out, std::chrono::system_clock::time_point time) {
  // Formatting a calendar date is the dearest part of a line; a thread does it once a second.
  thread_local std::chrono::sys_seconds cached_second{std::chrono::seconds(-1)};
  thread_local std::string cached_text;
  const auto second = std::chrono::floor<std::chrono::seconds>(time);
  if (second != cached_second) {
    const auto day = std::chrono::floor<std::chrono::days>(second);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(second - day);
    cached_text =
        fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", static_cast<int>(date.year()),
                    static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                    clock.hours().count(), clock.minutes().count(), clock.seconds().count());
    cached_second = second;
  }
  const auto ms = std::chrono::floor<std::chrono::milliseconds>(time - second).count();
  fmt::format_to(std::back_inserter(out), "{}.{:03}Z", cached_text, ms);
}

/// Appends `text` with quotes, backslashes and everything a terminal or a line reader could take
/// for more than text escaped in JSON's way.
void append_escaped(std::string& out, std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte == '"' || byte == '\\') {
      out.push_back('\\');
      out.push_back(text[at++]);
    } else if (byte >= 0x20 && byte < 0x7F) {
      out.push_back(text[at++]);
    } else {
      const core::DecodedCodePoint point = core::decode_code_point(text, at);
      const char32_t c = point.value;
      const bool is_control = c < 0x20 || (c >= 0x7F && c < 0xA0);
      const bool is_separator_or_direction = (c >= 0x200E && c <= 0x200F) ||
                                             (c >= 0x2028 && c <= 0x202E) ||
                                             (c >= 0x2066 && c <= 0x2069);
      if (is_control || is_separator_or_direction) {
        fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned>(c));
      } else {
        core::append_utf8(out, c);
      }
      at += point.bytes;
    }
  }
}

void append_cut_escaped(std::string& out, std::string_view text) {
  append_escaped(out, text.substr(0, kMaxLoggedTextBytes));
  if (text.size() > kMaxLoggedTextBytes) out += "…";
}

bool needs_quotes(std::string_view text) {
  if (text.empty() || text.size() > kMaxLoggedTextBytes) return true;
  for (const char c : text) {
    if (c <= ' ' || c == '"' || c == '=' || c == '\\' || c == '\x7F') return true;
  }
  return false;
}

void append_text(std::string& out, std::string_view text, bool quoted) {
  if (quoted) out.push_back('"');
  append_cut_escaped(out, text);
  if (quoted) out.push_back('"');
}

void append_value(std::string& out, const LogField& field, LogFormat format) {
  if (const auto* text = std::get_if<std::string_view>(&field.value)) {
    append_text(out, *text, format == LogFormat::kJson || needs_quotes(*text));
  } else if (const auto* number = std::get_if<std::int64_t>(&field.value)) {
    fmt::format_to(std::back_inserter(out), "{}", *number);
  } else if (const auto* real = std::get_if<double>(&field.value)) {
    // JSON has no infinities and no NaN.
    if (std::isfinite(*real)) {
      fmt::format_to(std::back_inserter(out), "{:.6g}", *real);
    } else {
      out += "null";
    }
  } else {
    out += std::get<bool>(field.value) ? "true" : "false";
  }
}

void append_json_line(std::string& out, LogLevel level, std::chrono::system_clock::time_point time,
                      std::string_view event, std::initializer_list<LogField> fields) {
  out += R"({"time":")";
  append_time(out, time);
  out += R"(","level":")";
  out += names_of(level).json;
  out += R"(","event":)";
  append_text(out, event, true);
  for (const LogField& field : fields) {
    out.push_back(',');
    append_text(out, field.name, true);
    out.push_back(':');
    append_value(out, field, LogFormat::kJson);
  }
  out += "}\n";
}

}  // namespace

void append_log_line(std::string& out, LogFormat format, bool colour, LogLevel level,
                     std::chrono::system_clock::time_point time, std::string_view event,
                     std::initializer_list<LogField> fields) {
  if (format == LogFormat::kJson) {
    append_json_line(out, level, time, event, fields);
    return;
  }
  const LevelNames names = names_of(level);
  append_time(out, time);
  out.push_back(' ');
  if (colour) out += names.colour;
  out += names.text;
  if (colour) out += "\x1b[0m";
  out.push_back(' ');
  append_cut_escaped(out, event);
  for (const LogField& field : fields) {
    out.push_back(' ');
    append_cut_escaped(out, field.name);
    out.push_back('=');
    append_value(out, field, LogFormat::kText);
  }
  out.push_back('\n');
}

}  // namespace graphrail::observe
