// Server-sent events as model servers send them (WHATWG HTML section 9.2.6), sans I/O: bytes in,
// data payloads out. Comments, ids and event names are skipped; CR, LF and CRLF end lines.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace graphrail::llm {

class EventParser {
 public:
  static constexpr std::size_t kMaxEventBytes = 1024 * 1024;

  using OnData = std::function<void(std::string_view data)>;

  /// Takes the next bytes, cut anywhere, and calls `on_data` once per finished event that has
  /// data lines (joined with a line feed). Returns false once an event exceeds kMaxEventBytes.
  bool feed(std::string_view bytes, const OnData& on_data);

  /// An event was begun but not ended by an empty line: the stream broke off.
  [[nodiscard]] bool has_partial_event() const noexcept { return !line_.empty() || has_data_; }

 private:
  void end_line(std::string_view line, const OnData& on_data);

  std::string line_;
  std::string data_;
  bool has_data_ = false;
  bool after_carriage_return_ = false;
};

}  // namespace graphrail::llm
