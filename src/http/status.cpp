#include "http/status.h"

#include <boost/beast/http/status.hpp>

namespace graphrail::http {

std::string_view status_phrase(int status) noexcept {
  namespace beast_http = boost::beast::http;
  if (status < 100 || status > 599) return "Unknown";
  // Renamed by RFC 9110; Beast 1.81 still has the old phrases.
  if (status == 413) return "Content Too Large";
  if (status == 422) return "Unprocessable Content";
  const auto phrase =
      beast_http::obsolete_reason(beast_http::int_to_status(static_cast<unsigned>(status)));
  return phrase == "<unknown-status>" ? std::string_view("Unknown")
                                      : std::string_view(phrase.data(), phrase.size());
}

}  // namespace graphrail::http
