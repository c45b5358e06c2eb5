#include "llm/event_parser.h"

#include <algorithm>

namespace graphrail::llm {

bool EventParser::feed(std::string_view bytes, const OnData& on_data) {
  // Two searches for one byte each are many times faster than one for either, and the line feed is
  // searched for once, however many carriage returns stand before it.
  const char* line_feed = nullptr;
  while (!bytes.empty()) {
    if (after_carriage_return_) {
      after_carriage_return_ = false;
      if (bytes.front() == '\n') {
        bytes.remove_prefix(1);
        continue;
      }
    }
    if (line_feed == nullptr || line_feed < bytes.data()) {
      line_feed = bytes.data() + std::min(bytes.find('\n'), bytes.size());
    }
    const auto before = static_cast<std::size_t>(line_feed - bytes.data());
    std::size_t end = bytes.substr(0, before).find('\r');
    if (end == std::string_view::npos && before < bytes.size()) end = before;
    const std::string_view piece = bytes.substr(0, end);
    if (line_.size() + data_.size() + piece.size() > kMaxEventBytes) return false;
    if (end == std::string_view::npos) {
      line_.append(piece);
      return true;
    }
    after_carriage_return_ = bytes[end] == '\r';
    bytes.remove_prefix(end + 1);
    if (line_.empty()) {
      end_line(piece, on_data);
    } else {
      line_.append(piece);
      end_line(line_, on_data);
      line_.clear();
    }
  }
  return true;
}

void EventParser::end_line(std::string_view line, const OnData& on_data) {
  if (line.empty()) {
    if (has_data_) on_data(data_);
    data_.clear();
    has_data_ = false;
    return;
  }
  const std::size_t colon = line.find(':');
  if (line.substr(0, colon) == "data") {
    std::string_view value = colon == std::string_view::npos ? "" : line.substr(colon + 1);
    if (value.starts_with(' ')) value.remove_prefix(1);
    if (has_data_) data_ += '\n';
    data_.append(value);
    has_data_ = true;
  }
}

}  // namespace graphrail::llm
