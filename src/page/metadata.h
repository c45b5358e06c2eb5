// What a page says about itself: title, site, date, canonical address and the machine-readable
// flags its gates need. Read from meta elements (Open Graph, Dublin Core and the like), JSON-LD
// (schema.org), link and time elements. Pure, any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "page/html_tree.h"

namespace graphrail::page {

struct PageMetadata {
  std::string title;           // best title of the document, without the site's name
  std::string document_title;  // <title> as it stands
  std::string site_name;
  std::string published;             // YYYY-MM-DD, empty when unknown
  std::string canonical_url;         // absolute http(s) URL, empty when not given
  std::vector<std::string> titles;   // all titles the head declares, best first
  std::optional<bool> free_to_read;  // schema.org isAccessibleForFree
};

/// Reads the metadata of `tree`; `url` resolves a relative canonical link and names the site when
/// nothing else does. Linear; at most 16 JSON-LD scripts of 512 KiB each are looked into.
[[nodiscard]] PageMetadata read_metadata(const HtmlTree& tree, std::string_view url);

}  // namespace graphrail::page
