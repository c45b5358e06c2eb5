#include "http/event_stream.h"

#include <utility>

namespace graphrail::http {
namespace {

/// Appends `field: line\n` for every line of `text`; the format ends a line at CR, LF or CRLF.
void append_lines(std::string& out, std::string_view prefix, std::string_view text) {
  std::size_t at = 0;
  for (;;) {
    const std::size_t end = text.find_first_of("\r\n", at);
    out += prefix;
    out += text.substr(at, end == std::string_view::npos ? end : end - at);
    out += '\n';
    if (end == std::string_view::npos) return;
    const bool is_crlf = text[end] == '\r' && end + 1 < text.size() && text[end + 1] == '\n';
    at = end + (is_crlf ? 2 : 1);
  }
}

}  // namespace

std::string format_event(std::uint64_t id, std::string_view event, std::string_view data) {
  std::string out = "id: " + std::to_string(id) + "\nevent: ";
  // An event's name is one line by definition.
  for (const char c : event) {
    if (c != '\r' && c != '\n') out += c;
  }
  out += '\n';
  append_lines(out, "data: ", data);
  out += '\n';
  return out;
}

std::string format_comment(std::string_view text) {
  std::string out;
  append_lines(out, ": ", text);
  out += '\n';
  return out;
}

Response make_event_stream_response(StreamProducer producer) {
  Response response;
  response.headers.add("Content-Type", "text/event-stream");
  response.headers.add("Cache-Control", "no-store");
  response.headers.add("X-Accel-Buffering", "no");
  response.stream = std::move(producer);
  return response;
}

}  // namespace graphrail::http
