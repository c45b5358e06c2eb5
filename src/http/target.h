// The request target (RFC 9112 section 3.2) taken apart into the path that routes see and the raw
// query. Pure.
#pragma once

#include <string>
#include <string_view>

namespace graphrail::http {

/// Splits `target` and percent-decodes its path once. Accepts origin form ("/a?b"), absolute form
/// ("http://host/a?b", as sent to proxies) and "*". False, with the outputs in any state, when the
/// target has another form, holds a fragment, a broken percent escape, a control character (NUL
/// included), ill-formed UTF-8, or a "." or ".." segment: clients remove those before sending.
[[nodiscard]] bool parse_target(std::string_view target, std::string& path, std::string& query);

}  // namespace graphrail::http
