// The smallest instance of a JSON Schema, for answers to schemas that the rules engine knows
// nothing about. Pure.
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <string_view>

namespace graphrail::app::mock_llm {

/// An instance of `schema` (JSON Schema 2020-12 as structured outputs use it: type, properties,
/// required, enum, const, items, minItems, minLength, minimum, anyOf, oneOf, allOf, $ref into the
/// document). Recursion ends after a bounded number of levels, with null where nothing else is
/// left.
[[nodiscard]] boost::json::value make_smallest_instance(const boost::json::object& schema);

/// `value` with its $ref followed inside `root`; nullptr when that leads nowhere or `value` is no
/// object.
[[nodiscard]] const boost::json::object* resolve_schema(const boost::json::object& root,
                                                        const boost::json::value* value);

/// The schema of the property `name` of an object, of the items of an array; nullptr when there is
/// none.
[[nodiscard]] const boost::json::object* find_property(const boost::json::object& root,
                                                       const boost::json::object* object,
                                                       std::string_view name);
[[nodiscard]] const boost::json::object* find_items(const boost::json::object& root,
                                                    const boost::json::object* array);

}  // namespace graphrail::app::mock_llm
