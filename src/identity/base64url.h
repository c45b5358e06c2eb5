// Base64url as JOSE uses it (RFC 7515 section 2): no padding, no white space, one spelling only.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace graphrail::identity {

/// The bytes, or nothing for anything an encoder would not have written: other characters, padding,
/// an impossible length, bits left over that are not zero.
[[nodiscard]] std::optional<std::string> decode_base64url(std::string_view text);

[[nodiscard]] std::string encode_base64url(std::string_view bytes);

}  // namespace graphrail::identity
