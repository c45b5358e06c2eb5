// The few schema.org properties of a page's JSON-LD scripts that Graphrail reads. Pure, any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace graphrail::page {

struct StructuredData {
  std::string headline;
  std::string date_published;  // as written
  std::string publisher;
  std::optional<bool> is_accessible_for_free;
};

/// Adds what `json` (the text of one application/ld+json script) says to `data`; what is already
/// known stays. Broken JSON is ignored, as search engines do. At most 2,000 objects are visited.
void read_structured_data(std::string_view json, StructuredData& data);

}  // namespace graphrail::page
