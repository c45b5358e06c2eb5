// Case files: one JSON object per line in, one JSON line {id, pass, got} per case out.
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace graphrail::cases {

using Case = boost::json::object;

struct CaseResult {
  std::string id;
  bool pass = false;
  /// What happened, for a person: "accept", "refused: port", "ok", "timeout after 10003 ms".
  std::string got;
};

/// Reads every non-empty line of `path`. Throws std::runtime_error on unreadable files.
[[nodiscard]] std::vector<Case> read_cases(const std::string& path);

[[nodiscard]] std::string to_json_line(const CaseResult& result);

/// Members of a case: the value, or the fallback when absent or null.
[[nodiscard]] std::string text_or(const Case& item, std::string_view key,
                                  std::string_view fallback = "");
[[nodiscard]] double number_or(const Case& item, std::string_view key, double fallback);
[[nodiscard]] bool flag_or(const Case& item, std::string_view key, bool fallback);
/// The object or array below `key`, or null.
[[nodiscard]] const boost::json::object* object_at(const Case& item, std::string_view key);
[[nodiscard]] const boost::json::array* array_at(const Case& item, std::string_view key);

/// Strings of a JSON array.
[[nodiscard]] std::vector<std::string> strings(const boost::json::array& array);

}  // namespace graphrail::cases
