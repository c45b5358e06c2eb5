#include "net/http_error.h"

#include <utility>

namespace graphrail::net {
namespace {

const char* describe(HttpError error) noexcept {
  switch (error) {
    case HttpError::kInvalidCall:
      return "The request to another server is not valid.";
    case HttpError::kUnreachable:
      return "A server that is needed could not be reached.";
    case HttpError::kTlsError:
      return "A server's certificate could not be verified.";
    case HttpError::kTimeout:
      return "A server took too long to answer.";
    case HttpError::kStalled:
      return "A server stopped answering.";
    case HttpError::kTooLarge:
      return "A server's answer is too large.";
    case HttpError::kBrokenOff:
      return "A server's answer broke off.";
    case HttpError::kBadResponse:
      return "A server's answer is not valid HTTP.";
  }
  return "A request to another server failed.";
}

class HttpCategory final : public std::error_category {
 public:
  [[nodiscard]] const char* name() const noexcept override { return "http_client"; }
  [[nodiscard]] std::string message(int value) const override {
    return describe(static_cast<HttpError>(value));
  }
};

}  // namespace

std::error_code make_error_code(HttpError error) noexcept {
  static const HttpCategory category;
  return {static_cast<int>(error), category};
}

std::unexpected<core::Error> fail_http(HttpError error, std::string cause) {
  return core::fail(error, {describe(error)}, {std::move(cause)});
}

}  // namespace graphrail::net
