#include "http/response_writer.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "http/status.h"

namespace graphrail::http {
namespace {

void append_number(std::string& out, std::size_t number, int base = 10) {
  std::array<char, 24> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number, base).ptr;
  out.append(digits.data(), end);
}

bool is_written_here(std::string_view name) {
  switch (name.size()) {
    case 4:
      return equal_field_names(name, "Date");
    case 10:
      return equal_field_names(name, "Connection") || equal_field_names(name, "Keep-Alive");
    case 14:
      return equal_field_names(name, "Content-Length");
    case 17:
      return equal_field_names(name, "Transfer-Encoding");
    default:
      return false;
  }
}

void append_field(std::string& out, std::string_view name, std::string_view value) {
  out += name;
  out += ": ";
  const std::size_t begin = out.size();
  out += value;
  for (std::size_t i = begin; i < out.size(); ++i) {
    const auto byte = static_cast<unsigned char>(out[i]);
    if ((byte < 0x20 && byte != '\t') || byte == 0x7F) out[i] = ' ';
  }
  out += "\r\n";
}

/// Writes the shared block whole, or field by field when the response overrides one of them.
void append_shared(std::string& out, const Fields& fields) {
  const FieldBlock* block = fields.shared();
  if (!block) return;
  const auto is_own = [&](std::string_view name) {
    return std::ranges::any_of(
        fields.list(), [&](const auto& field) { return equal_field_names(field.first, name); });
  };
  if (std::ranges::none_of(block->list(), [&](const auto& f) { return is_own(f.first); })) {
    out += block->wire();
    return;
  }
  for (const auto& [name, value] : block->list()) {
    if (!is_own(name)) append_field(out, name, value);
  }
}

void append_status_line(std::string& out, int status) {
  if (status == 200) {  // Nearly always.
    out += "HTTP/1.1 200 OK\r\n";
    return;
  }
  out += "HTTP/1.1 ";
  append_number(out, static_cast<std::size_t>(std::clamp(status, 100, 999)));
  out += ' ';
  out += status_phrase(status);
  out += "\r\n";
}

}  // namespace

void append_response_head(std::string& out, const Response& response,
                          const ResponseFraming& framing) {
  append_status_line(out, response.status);
  out += framing.date_line;
  for (const auto& [name, value] : response.headers.list()) {
    if (!is_written_here(name)) append_field(out, name, value);
  }
  append_shared(out, response.headers);
  if (response.stream) {
    if (!framing.is_http_1_0) out += "Transfer-Encoding: chunked\r\n";
  } else if (!is_bodiless_status(response.status)) {
    out += "Content-Length: ";
    append_number(out, response.body_view().size());
    out += "\r\n";
  }
  if (!framing.keeps_alive) {
    out += "Connection: close\r\n";
  } else if (framing.is_http_1_0) {
    out += "Connection: keep-alive\r\n";
  }
  out += "\r\n";
}

void append_chunk(std::string& out, std::string_view bytes) {
  if (bytes.empty()) return;
  append_number(out, bytes.size(), 16);
  out += "\r\n";
  out += bytes;
  out += "\r\n";
}

}  // namespace graphrail::http
