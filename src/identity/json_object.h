// JSON from strangers on which a decision about rights hangs: one object, no name twice. RFC 8725
// section 2.4 and RFC 7515 section 4 leave duplicates to the parser; two parsers that choose
// differently would see two different callers.
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace graphrail::identity {

/// The object, or nothing when the text is not JSON in UTF-8, no object, deeper than 16 levels, has
/// a name twice in any object, or goes on after its end. Never throws on bad input.
[[nodiscard]] std::optional<boost::json::object> parse_object(std::string_view text);

/// The member's text; nothing when it is absent or no string.
[[nodiscard]] std::optional<std::string_view> find_text(const boost::json::object& object,
                                                        std::string_view name) noexcept;

/// A claim that is one string or an array of strings (`aud`, `key_ops`). Nothing when the member is
/// absent, of another type, or longer than 64 entries.
[[nodiscard]] std::optional<std::vector<std::string_view>> find_texts(
    const boost::json::object& object, std::string_view name);

/// A NumericDate (RFC 7519 section 2) in whole seconds, rounded down; nothing when the member is
/// absent, no number, or not between 1970 and 9999.
[[nodiscard]] std::optional<std::int64_t> find_date(const boost::json::object& object,
                                                    std::string_view name) noexcept;

}  // namespace graphrail::identity
