#include "identity/json_object.h"

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/parse.hpp>
#include <cmath>
#include <unordered_set>
#include <utility>

namespace graphrail::identity {
namespace {

namespace json = boost::json;
using json::error_code;
using json::string_view;

constexpr std::size_t kMaxDepth = 16;
constexpr std::size_t kMaxEntries = 64;
/// 9999-12-31T23:59:59Z.
constexpr std::int64_t kLastDate = 253'402'300'799;

/// Receives the parser's events and stops it at the second member of one name. Names arrive
/// unescaped, so "sub" and "\u0073ub" are the same.
class UniqueNames {
 public:
  static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);

  bool on_document_begin(error_code&) { return true; }
  bool on_document_end(error_code&) { return true; }
  bool on_object_begin(error_code&) {
    objects_.emplace_back();
    return true;
  }
  bool on_object_end(std::size_t, error_code&) {
    objects_.pop_back();
    return true;
  }
  bool on_array_begin(error_code&) { return true; }
  bool on_array_end(std::size_t, error_code&) { return true; }
  bool on_key_part(string_view part, std::size_t, error_code&) {
    name_.append(part.data(), part.size());
    return true;
  }
  bool on_key(string_view part, std::size_t, error_code& error) {
    name_.append(part.data(), part.size());
    if (objects_.back().insert(std::exchange(name_, {})).second) return true;
    error = boost::system::errc::make_error_code(boost::system::errc::bad_message);
    return false;
  }
  bool on_string_part(string_view, std::size_t, error_code&) { return true; }
  bool on_string(string_view, std::size_t, error_code&) { return true; }
  bool on_number_part(string_view, error_code&) { return true; }
  bool on_int64(std::int64_t, string_view, error_code&) { return true; }
  bool on_uint64(std::uint64_t, string_view, error_code&) { return true; }
  bool on_double(double, string_view, error_code&) { return true; }
  bool on_bool(bool, error_code&) { return true; }
  bool on_null(error_code&) { return true; }
  bool on_comment_part(string_view, error_code&) { return true; }
  bool on_comment(string_view, error_code&) { return true; }

 private:
  std::vector<std::unordered_set<std::string>> objects_;
  std::string name_;
};

bool has_unique_names(std::string_view text, const json::parse_options& options) {
  json::basic_parser<UniqueNames> parser(options);
  error_code error;
  (void)parser.write_some(false, text.data(), text.size(), error);
  return !error;
}

}  // namespace

std::optional<json::object> parse_object(std::string_view text) {
  json::parse_options options;
  options.max_depth = kMaxDepth;
  if (!has_unique_names(text, options)) return std::nullopt;
  error_code error;
  json::value value = json::parse(text, error, {}, options);
  if (error || !value.is_object()) return std::nullopt;
  return std::move(value.get_object());
}

std::optional<std::string_view> find_text(const json::object& object,
                                          std::string_view name) noexcept {
  const json::value* value = object.if_contains(name);
  if (value == nullptr || !value->is_string()) return std::nullopt;
  return std::string_view(value->get_string());
}

std::optional<std::vector<std::string_view>> find_texts(const json::object& object,
                                                        std::string_view name) {
  const json::value* value = object.if_contains(name);
  if (value == nullptr) return std::nullopt;
  if (value->is_string()) return std::vector(1, std::string_view(value->get_string()));
  const json::array* array = value->if_array();
  if (array == nullptr || array->size() > kMaxEntries) return std::nullopt;
  std::vector<std::string_view> texts;
  for (const json::value& entry : *array) {
    if (!entry.is_string()) return std::nullopt;
    texts.emplace_back(entry.get_string());
  }
  return texts;
}

std::optional<std::int64_t> find_date(const json::object& object, std::string_view name) noexcept {
  const json::value* value = object.if_contains(name);
  if (value == nullptr) return std::nullopt;
  double seconds = -1;
  if (value->is_int64()) seconds = static_cast<double>(value->get_int64());
  if (value->is_uint64()) seconds = static_cast<double>(value->get_uint64());
  if (value->is_double()) seconds = value->get_double();
  if (!(seconds >= 0 && seconds <= static_cast<double>(kLastDate))) return std::nullopt;
  return static_cast<std::int64_t>(std::floor(seconds));
}

}  // namespace graphrail::identity
