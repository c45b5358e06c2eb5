#include "api/caller.h"

namespace graphrail::api {

bool is_api_path(std::string_view path) noexcept {
  return path == "/api" || path.starts_with("/api/");
}

const Caller& caller_of(const http::Request& request) noexcept {
  static const Caller nobody;
  const auto* caller = dynamic_cast<const Caller*>(request.note.get());
  return caller == nullptr ? nobody : *caller;
}

}  // namespace graphrail::api
