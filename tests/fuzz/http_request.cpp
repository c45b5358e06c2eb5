// USES: http
// Feeds arbitrary bytes to the request parser the way a connection does: whole and in pieces, with
// pipelined requests behind each other. The cut must not change what is understood.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "http/request_parser.h"

namespace {

using graphrail::http::ParserLimits;
using graphrail::http::Request;
using graphrail::http::RequestParser;

constexpr ParserLimits kLimits{.head_bytes = 2048, .body_bytes = 8192};

void require(bool holds) {
  if (!holds) std::abort();
}

/// What every accepted request promises to handlers.
void check_promises(const Request& request) {
  require(!request.path.empty() && (request.path.front() == '/' || request.path == "*"));
  require(request.path.find('\0') == std::string::npos);
  require(request.path.find("/../") == std::string::npos);
  require(request.body.size() <= kLimits.body_bytes);
  std::size_t head_bytes = 0;
  for (const auto& [name, value] : request.headers.list()) head_bytes += name.size() + value.size();
  require(head_bytes <= kLimits.head_bytes);
}

std::string describe(const Request& request) {
  std::string text = request.path + '\n' + request.query + '\n' + request.body;
  for (const auto& [name, value] : request.headers.list()) text += '\n' + name + ':' + value;
  return text;
}

/// The requests in `bytes`, offered in pieces of `piece` bytes.
std::vector<std::string> parse_all(std::string_view bytes, std::size_t piece) {
  std::vector<std::string> requests;
  std::string pending;
  while (true) {
    Request request;
    RequestParser parser(kLimits, request);
    while (!parser.is_complete()) {
      if (!pending.empty()) {
        const std::size_t taken = parser.feed(pending);
        require(taken <= pending.size());
        pending.erase(0, taken);
        if (parser.failure()) return requests;
        if (parser.is_complete()) break;
        // What a connection must hold unparsed is bounded.
        require(pending.size() <= 2 * kLimits.head_bytes + piece + 4096);
      }
      if (bytes.empty()) return requests;
      pending += bytes.substr(0, piece);
      bytes.remove_prefix(std::min(piece, bytes.size()));
    }
    check_promises(request);
    requests.push_back(describe(request));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const std::size_t piece = data[0] % 64 + 1;
  const std::vector<std::string> whole = parse_all(bytes, bytes.size() + 1);
  const std::vector<std::string> pieces = parse_all(bytes, piece);
  // A defect behind a request may be noticed later when it arrives in pieces, a request never.
  require(whole == pieces);
  return 0;
}
