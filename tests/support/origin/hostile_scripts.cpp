#include "support/origin/hostile_scripts.h"

#include <fmt/format.h>

#include "support/origin/compression.h"

namespace graphrail::test_support {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t kChunkBytes = 64 * 1024;
constexpr milliseconds kDrip{20};
constexpr std::string_view kHead = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n";

std::string chunk() {
  return fmt::format("{:x}\r\n", kChunkBytes) + std::string(kChunkBytes, 'a') + "\r\n";
}

void drip(OriginConnection& connection, std::string_view bytes) {
  while (connection.pause(kDrip)) {
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      if (!connection.write(bytes.substr(i, 1)) || !connection.pause(kDrip)) return;
    }
  }
}

}  // namespace

OriginScript endless_chunks() {
  return [](const OriginRequest&, OriginConnection& connection) {
    const std::string piece = chunk();
    bool open = connection.write(std::string(kHead) + "Transfer-Encoding: chunked\r\n\r\n");
    while (open) open = connection.write(piece);
  };
}

OriginScript gzip_bomb() {
  // Packed beforehand, so that the time does not count against the reader's deadline.
  const std::string bomb = pack_zeros(50'000'000, Packing::kGzip);
  return [bomb](const OriginRequest&, OriginConnection& connection) {
    connection.write(std::string(kHead) + "Content-Encoding: gzip\r\n\r\n" + bomb);
  };
}

OriginScript drip_body() {
  return [](const OriginRequest&, OriginConnection& connection) {
    if (connection.write(std::string(kHead) + "\r\n")) drip(connection, "a");
  };
}

OriginScript drip_head() {
  return [](const OriginRequest&, OriginConnection& connection) {
    drip(connection, "HTTP/1.1 200 OK\r\nX-Slow: 1\r\n");
  };
}

OriginScript header_flood() {
  return [](const OriginRequest&, OriginConnection& connection) {
    const std::string field = "X-Flood: " + std::string(200, 'a') + "\r\n";
    bool open = connection.write(kHead);
    while (open) open = connection.write(field);
  };
}

OriginScript rush_then_drip(std::size_t bytes) {
  return [bytes](const OriginRequest&, OriginConnection& connection) {
    const std::string piece(kChunkBytes, 'a');
    bool open = connection.write(std::string(kHead) + "\r\n");
    for (std::size_t sent = 0; open && sent < bytes; sent += piece.size()) {
      open = connection.write(piece);
    }
    if (open) drip(connection, "a");
  };
}

OriginScript silence() {
  return [](const OriginRequest&, OriginConnection& connection) { connection.stay_silent(); };
}

}  // namespace graphrail::test_support
