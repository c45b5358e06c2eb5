#include "app/mock_llm/fault_response.h"

#include <fmt/format.h>

#include <utility>

#include "app/mock_llm/api_error.h"
#include "app/mock_llm/pause.h"
#include "http/status.h"

namespace graphrail::app::mock_llm {
namespace {

constexpr std::chrono::minutes kMaxHang{10};

std::string render_page(int status) {
  return fmt::format(
      "<html>\r\n<head><title>{0} {1}</title></head>\r\n<body>\r\n<center><h1>{0} {1}</h1>"
      "</center>\r\n<hr><center>proxy</center>\r\n</body>\r\n</html>\r\n",
      status, http::status_phrase(status));
}

}  // namespace

boost::asio::awaitable<void> wait_as_told(Fault fault, std::shared_ptr<http::Request> request) {
  const std::chrono::milliseconds patience = fault.hang ? kMaxHang : fault.delay;
  co_await pause(patience, request->client);
}

std::optional<http::Response> make_fault_response(const Fault& fault, bool is_stream) {
  constexpr int kServerError = 500;
  constexpr int kGatewayTimeout = 504;
  // Whoever hangs for ten minutes is told by a proxy that it is over.
  const int status = fault.hang ? kGatewayTimeout : fault.status;
  if (fault.html) {
    const int shown = status == 0 ? 200 : status;
    return http::make_response(shown, "text/html", render_page(shown));
  }
  if (status != 0) {
    http::Response response = make_error_response(error_for_status(status));
    if (fault.retry_after) {
      response.headers.add("Retry-After", fmt::format("{}", fault.retry_after->count()));
    }
    if (fault.retry_after_ms) {
      response.headers.add("retry-after-ms", fmt::format("{}", fault.retry_after_ms->count()));
    }
    return response;
  }
  const bool is_inside = fault.error == ErrorPlace::kBody;
  if (is_inside || (fault.error == ErrorPlace::kStream && !is_stream)) {
    return http::make_response(200, "application/json",
                               render_error(error_for_status(kServerError)));
  }
  return std::nullopt;
}

http::Response make_bad_fault_response(std::string sentence) {
  return make_error_response(
      invalid_parameter(std::string(kFaultHeader), std::move(sentence), "invalid_fault"));
}

}  // namespace graphrail::app::mock_llm
