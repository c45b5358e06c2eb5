// The labels of the Encoding Standard (WHATWG, section 4.2): what a page may call its encoding,
// what that means, and which iconv table decodes it. Constant data, any thread.
#pragma once

#include <string_view>

namespace graphrail::page {

struct Encoding {
  std::string_view name;   // the standard's name in lower case, e.g. "windows-1252"
  std::string_view iconv;  // iconv's name; empty for UTF-8 and windows-1252, decoded here
};

/// The encoding a label stands for, nullptr for labels the standard does not know. UTF-7 and the
/// encodings the standard replaces for safety are unknown.
[[nodiscard]] const Encoding* encoding_from_label(std::string_view label) noexcept;

}  // namespace graphrail::page
