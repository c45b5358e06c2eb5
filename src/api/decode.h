// From the bytes of a request to typed values: strict where a guess could do harm, silent about
// members it does not know. Pure; the fuzz target decode_request holds it to never throwing.
#pragma once

#include <string_view>

#include "api/decode_error.h"
#include "core/result.h"
#include "generate/generate.h"

namespace graphrail::api {

/// True for "application/json", any case, without a charset or with utf-8 (RFC 8259 section 8.1).
[[nodiscard]] bool is_json_content_type(std::string_view content_type) noexcept;

/// Decodes the body of POST /api/generate. Fails with DecodeError; the error's field names the
/// member at fault and its reason the kind of fault.
[[nodiscard]] core::Result<generate::GenerateRequest> decode_generate_request(
    std::string_view content_type, std::string_view body);

}  // namespace graphrail::api
