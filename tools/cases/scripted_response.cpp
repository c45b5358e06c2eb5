#include "cases/scripted_response.h"

#include <brotli/encode.h>
#include <fmt/format.h>
#include <openssl/evp.h>

#include <algorithm>
#include <boost/json.hpp>
#include <charconv>
#include <chrono>
#include <stdexcept>

#include "support/origin/compression.h"

namespace graphrail::cases {
namespace {

namespace json = boost::json;
using std::chrono::milliseconds;
using test_support::OriginConnection;
using test_support::OriginRequest;
using Fields = std::vector<std::pair<std::string, std::string>>;

std::string decode_base64(std::string_view text) {
  std::string out(text.size() / 4 * 3, '\0');
  const int size = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                                   reinterpret_cast<const unsigned char*>(text.data()),
                                   static_cast<int>(text.size()));
  if (size < 0) throw std::runtime_error("case: bad base64");
  const auto padding =
      static_cast<std::size_t>(std::ranges::count(text.substr(text.size() - 2), '='));
  out.resize(static_cast<std::size_t>(size) - (text.empty() ? 0 : padding));
  return out;
}

std::string brotli_zeros(std::size_t count) {
  const std::string zeros(count, '\0');
  std::size_t size = BrotliEncoderMaxCompressedSize(count);
  std::string out(size, '\0');
  if (BrotliEncoderCompress(3, BROTLI_DEFAULT_WINDOW, BROTLI_DEFAULT_MODE, count,
                            reinterpret_cast<const std::uint8_t*>(zeros.data()), &size,
                            reinterpret_cast<std::uint8_t*>(out.data())) == BROTLI_FALSE) {
    throw std::runtime_error("case: brotli");
  }
  out.resize(size);
  return out;
}

/// The first member of `gen` whose name contains `word`.
const json::value* find_word(const json::object& gen, std::string_view word) {
  for (const auto& [name, value] : gen) {
    if (std::string_view(name).find(word) != std::string_view::npos) return &value;
  }
  return nullptr;
}

double number_of(const json::value* value, double fallback) {
  return value != nullptr && value->is_number() ? value->to_number<double>() : fallback;
}

std::string paragraph(const json::object& gen) {
  const auto count = static_cast<std::size_t>(number_or(gen, "paragraph_chars", 0));
  const std::string unit = text_or(gen, "char", "a");
  std::string body = "<html><body><main><p>";
  for (std::size_t i = 0; i < count; ++i) body += unit;
  return body + "</p></main></body></html>";
}

/// A body that `gen` describes by size or content; nothing for behaviours in time.
std::optional<std::string> generate_body(const json::object& gen) {
  const auto size = [](const json::value* value) {
    return static_cast<std::size_t>(number_of(value, 0));
  };
  if (gen.contains("paragraph_chars")) return paragraph(gen);
  if (const auto* value = find_word(gen, "brotli")) return brotli_zeros(size(value));
  if (const auto* value = find_word(gen, "gzip"))
    return test_support::pack_zeros(size(value), test_support::Packing::kGzip);
  if (const auto* value = find_word(gen, "deflate"))
    return test_support::pack_zeros(size(value), test_support::Packing::kZlib);
  for (const std::string_view word : {"bytes", "size", "zeros", "length"}) {
    const auto* value = find_word(gen, word);
    if (value == nullptr || find_word(gen, "drip") != nullptr) continue;
    std::string body = "<html><body><p>";
    body.append(std::max(size(value), body.size()) - body.size(), 'a');
    return body;
  }
  return std::nullopt;
}

Fields fields_of(const json::object& response) {
  Fields fields;
  const auto* headers = object_at(response, "headers");
  if (headers == nullptr) return fields;
  for (const auto& [name, value] : *headers) {
    if (const auto* list = value.if_array()) {
      for (const std::string& item : strings(*list)) fields.emplace_back(name, item);
    } else {
      fields.emplace_back(name, std::string(value.as_string()));
    }
  }
  return fields;
}

bool has_field(const Fields& fields, std::string_view name) {
  return std::ranges::any_of(fields, [&](const auto& field) { return field.first == name; });
}

std::string head_of(int status, const Fields& fields) {
  std::string head = fmt::format("HTTP/1.1 {} Scripted\r\n", status);
  for (const auto& [name, value] : fields) head += fmt::format("{}: {}\r\n", name, value);
  return head;
}

void send_endless(OriginConnection& connection, std::size_t chunk_bytes) {
  const std::string chunk =
      fmt::format("{:x}\r\n", chunk_bytes) + std::string(chunk_bytes, 'a') + "\r\n";
  while (connection.write(chunk)) {
  }
}

void send_drips(OriginConnection& connection, std::string_view bytes, milliseconds gap) {
  while (connection.pause(gap)) {
    for (const char& c : bytes) {
      if (!connection.write({&c, 1}) || !connection.pause(gap)) return;
    }
  }
}

/// Redirects with a delay each, then a page.
test_support::OriginScript redirect_chain(int hops, milliseconds delay, std::string page) {
  return [=](const OriginRequest& request, OriginConnection& connection) {
    if (!connection.pause(delay)) return;
    constexpr std::string_view kMark = "/hop-";
    int hop = 0;
    if (request.target.starts_with(kMark)) {
      const char* end = request.target.data() + request.target.size();
      std::from_chars(request.target.data() + kMark.size(), end, hop);
    }
    if (hop >= hops) {
      connection.write(page);
    } else {
      connection.write(
          test_support::http_response(302, "", {{"Location", fmt::format("/hop-{}", hop + 1)}}));
    }
  };
}

test_support::OriginScript fixed(std::string bytes) {
  return [bytes = std::move(bytes)](const OriginRequest&, OriginConnection& connection) {
    connection.write(bytes);
  };
}

std::string complete_response(int status, Fields fields, const std::string& body) {
  const bool bodiless = status == 204 || status == 304 || (status >= 100 && status < 200);
  const bool framed = has_field(fields, "content-length") || has_field(fields, "transfer-encoding");
  if (!framed && !bodiless) fields.emplace_back("content-length", std::to_string(body.size()));
  std::string bytes = head_of(status, fields) + "connection: close\r\n\r\n";
  if (bodiless) return bytes;
  if (has_field(fields, "transfer-encoding")) {
    return bytes + fmt::format("{:x}\r\n", body.size()) + body + "\r\n0\r\n\r\n";
  }
  return bytes + body;
}

/// A word that marks silence: before the head, or (with "body") after it.
std::optional<test_support::OriginScript> silence(const json::object& gen,
                                                  const std::string& head) {
  const bool silent = find_word(gen, "no_response") != nullptr ||
                      find_word(gen, "stall") != nullptr || find_word(gen, "silen") != nullptr ||
                      find_word(gen, "hang") != nullptr;
  if (!silent) return std::nullopt;
  const bool after_head = find_word(gen, "body") != nullptr || find_word(gen, "after") != nullptr;
  const std::string first = after_head ? head + "\r\n<html><body>" : std::string();
  return [first](const OriginRequest&, OriginConnection& connection) {
    if (connection.write(first)) connection.stay_silent();
  };
}

test_support::OriginScript timed_script(const json::object& gen, int status, const Fields& fields) {
  const std::string head = head_of(status, fields);
  if (const auto* chunk = find_word(gen, "endless")) {
    const auto size = static_cast<std::size_t>(number_of(chunk, 65536));
    const bool in_head = find_word(gen, "header") != nullptr;
    return [=](const OriginRequest&, OriginConnection& connection) {
      if (!connection.write(in_head ? head : head + "\r\n")) return;
      if (!in_head) return send_endless(connection, size);
      while (connection.write("x-flood: " + std::string(100, 'a') + "\r\n")) {
      }
    };
  }
  if (find_word(gen, "redirect") != nullptr) {
    const auto delay = milliseconds(static_cast<int>(number_of(find_word(gen, "delay"), 0)));
    const int hops = static_cast<int>(number_of(find_word(gen, "redirect"), 1));
    return redirect_chain(
        hops, delay,
        test_support::http_response(200, "<p>page</p>", {{"content-type", "text/html"}}));
  }
  if (auto script = silence(gen, head)) return *script;
  // What is left trickles: the head, or the body behind it.
  const double gap = number_of(find_word(gen, "ms"), 1000 * number_of(find_word(gen, "_s"), 1));
  const bool drip_head = find_word(gen, "head") != nullptr;
  return [=](const OriginRequest&, OriginConnection& connection) {
    const bool whole_head = !drip_head;
    if (whole_head && !connection.write(head + "\r\n")) return;
    send_drips(connection, whole_head ? "a" : "HTTP/1.1 200 OK\r\nx-slow: 1\r\n",
               milliseconds(std::max(static_cast<int>(gap), 1)));
  };
}

}  // namespace

Scripted script_response(const json::object& response) {
  const int status = static_cast<int>(number_or(response, "status", 200));
  Fields fields = fields_of(response);
  Scripted scripted;
  std::string body = text_or(response, "body");
  if (response.contains("body_b64")) body = decode_base64(text_or(response, "body_b64"));
  if (const auto* gen = object_at(response, "gen")) {
    scripted.stall_handshake = find_word(*gen, "tls") != nullptr;
    auto generated = generate_body(*gen);
    if (!generated) {
      scripted.script = timed_script(*gen, status, fields);
      return scripted;
    }
    body = std::move(*generated);
  }
  scripted.script = fixed(complete_response(status, std::move(fields), body));
  return scripted;
}

}  // namespace graphrail::cases
