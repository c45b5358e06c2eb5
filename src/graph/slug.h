// Ids as lowercase slugs: "Harbor VC" -> "harbor-vc". Letters and digits of any script are kept,
// Latin letters lose their accents, everything else becomes one hyphen.
#pragma once

#include <string>
#include <string_view>

namespace graphrail::graph {

/// Slug of `label` (well-formed UTF-8); at most 80 bytes, cut at a code point. Never empty:
/// a label without letters or digits gives "node".
[[nodiscard]] std::string make_slug(std::string_view label);

}  // namespace graphrail::graph
