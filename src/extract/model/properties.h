// What of a node's properties may stay: those the schema has, with values that the text states.
// Numbers become numbers, currencies ISO codes; free words must stand in the text, because a
// property is a place where a page could make a model say anything.
#pragma once

#include <boost/json/object.hpp>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace graphrail::extract::model {

struct CheckedProperties {
  boost::json::object kept;
  /// Names of those that were dropped, in order.
  std::vector<std::string> dropped;
};

/// `written` holds texts. `stands_in_text` answers for free words, without regard to case.
[[nodiscard]] CheckedProperties check_properties(
    std::string_view schema, std::string_view node_type, const boost::json::object& written,
    const std::function<bool(std::string_view words)>& stands_in_text);

}  // namespace graphrail::extract::model
