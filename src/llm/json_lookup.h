// Look-ups in JSON that others wrote: a missing member, a null and a wrong type all read as absent.
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <string_view>

namespace graphrail::llm {

/// The member as an object, or nullptr.
[[nodiscard]] inline const boost::json::object* find_object(const boost::json::object& object,
                                                            std::string_view name) noexcept {
  const boost::json::value* value = object.if_contains(name);
  return value == nullptr ? nullptr : value->if_object();
}

/// The member as text, or "".
[[nodiscard]] inline std::string_view find_string(const boost::json::object& object,
                                                  std::string_view name) noexcept {
  const boost::json::value* value = object.if_contains(name);
  if (value == nullptr || !value->is_string()) return {};
  return value->get_string();
}

/// The member as a number, or 0 when absent, negative or no integer.
[[nodiscard]] inline std::uint64_t find_unsigned(const boost::json::object& object,
                                                 std::string_view name) noexcept {
  const boost::json::value* value = object.if_contains(name);
  if (value == nullptr) return 0;
  if (value->is_uint64()) return value->get_uint64();
  if (value->is_int64() && value->get_int64() > 0) {
    return static_cast<std::uint64_t>(value->get_int64());
  }
  return 0;
}

}  // namespace graphrail::llm
