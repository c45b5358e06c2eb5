// What the strict mode of structured outputs demands of a JSON Schema: the root is an object, every
// object closed with all of its properties required, no keyword outside the subset. Pure.
#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string>

namespace graphrail::app::mock_llm {

/// The first thing the real server would object to, in its words; nothing when it would not.
[[nodiscard]] std::optional<std::string> object_to_strict_schema(const boost::json::object& schema);

}  // namespace graphrail::app::mock_llm
