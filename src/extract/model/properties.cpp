#include "extract/model/properties.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <span>

#include "graph/schema.h"

namespace graphrail::extract::model {
namespace {

namespace json = boost::json;

enum class Kind { kWords, kNumber, kCurrency, kStage, kDate, kAngel };

struct PropertyRule {
  std::string_view node_type;
  std::string_view name;
  Kind kind;
};

constexpr std::array kVentureRules = {
    PropertyRule{"Investor", "kind", Kind::kAngel},
    PropertyRule{"Investor", "aum", Kind::kWords},
    PropertyRule{"Investor", "stage_focus", Kind::kWords},
    PropertyRule{"Investor", "chain_focus", Kind::kWords},
    PropertyRule{"Project", "token_ticker", Kind::kWords},
    PropertyRule{"Project", "chain", Kind::kWords},
    PropertyRule{"Project", "category", Kind::kWords},
    PropertyRule{"Project", "total_raised", Kind::kNumber},
    PropertyRule{"Project", "total_raised_currency", Kind::kCurrency},
    PropertyRule{"Round", "stage", Kind::kStage},
    PropertyRule{"Round", "amount", Kind::kNumber},
    PropertyRule{"Round", "currency", Kind::kCurrency},
    PropertyRule{"Round", "amount_usd", Kind::kNumber},
    PropertyRule{"Round", "date", Kind::kDate},
    PropertyRule{"Narrative", "description", Kind::kWords},
    PropertyRule{"Person", "title", Kind::kWords},
    PropertyRule{"Person", "firm", Kind::kWords},
};

constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
constexpr bool is_letter(char c) noexcept { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; }

/// "12,500,000" or "12500000.50"; negative, infinite and exponent forms are no amounts.
std::optional<json::value> read_number(std::string_view text) {
  std::string digits;
  for (const char c : text) {
    if (c == ',' || c == '_' || c == ' ') continue;
    if (!is_digit(c) && c != '.') return std::nullopt;
    digits += c;
  }
  double value = 0;
  const auto [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  const bool whole = failed == std::errc{} && end == digits.data() + digits.size();
  constexpr double kLargest = 1e15;
  if (!whole || digits.empty() || value > kLargest) return std::nullopt;
  if (value == std::floor(value)) return json::value(static_cast<std::int64_t>(value));
  return json::value(value);
}

std::optional<json::value> read_currency(std::string_view text) {
  if (text.size() != 3 || !std::ranges::all_of(text, is_letter)) return std::nullopt;
  std::string code(text);
  for (char& c : code) c = static_cast<char>(c & ~0x20);
  return json::value(code);
}

/// "Series A" -> "series-a": words that hold no sentence, in the form of the rules engine.
std::optional<json::value> read_stage(std::string_view text) {
  constexpr std::size_t kLongest = 30;
  const bool plain = std::ranges::all_of(text, [](char c) {
    return is_letter(c) || is_digit(c) || c == ' ' || c == '-' || c == '+' || c == '_';
  });
  if (text.size() > kLongest || !plain || std::ranges::count(text, ' ') > 3) return std::nullopt;
  std::string stage(text);
  for (char& c : stage) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
    if (c == '_' || c == ' ') c = '-';
  }
  return json::value(stage);
}

/// "2024", "2024-05", "2024-05-17" (ISO 8601 calendar dates, reduced precision allowed).
bool is_iso_date(std::string_view text) {
  constexpr std::string_view kForm = "dddd-dd-dd";
  if (text.size() != 4 && text.size() != 7 && text.size() != 10) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (kForm[i] == 'd' ? !is_digit(text[i]) : text[i] != '-') return false;
  }
  return true;
}

using StandsInText = std::function<bool(std::string_view)>;

std::optional<json::value> read_value(Kind kind, std::string_view text,
                                      const StandsInText& stands_in_text) {
  switch (kind) {
    case Kind::kNumber:
      return read_number(text);
    case Kind::kCurrency:
      return read_currency(text);
    case Kind::kStage:
      return read_stage(text);
    case Kind::kAngel:
      return text == "angel" ? std::optional<json::value>(text) : std::nullopt;
    case Kind::kDate:
      if (is_iso_date(text)) return json::value(text);
      [[fallthrough]];
    case Kind::kWords:
      if (stands_in_text(text)) return json::value(text);
      return std::nullopt;
  }
  return std::nullopt;
}

/// nullptr when the schema has no such property.
const PropertyRule* find_rule(std::string_view node_type, std::string_view name) {
  const auto found = std::ranges::find_if(kVentureRules, [&](const PropertyRule& rule) {
    return rule.node_type == node_type && rule.name == name;
  });
  return found == kVentureRules.end() ? nullptr : &*found;
}

bool is_property_name(std::string_view name) {
  constexpr std::size_t kLongest = 40;
  return name.size() <= kLongest && std::ranges::all_of(name, [](char c) {
           return is_letter(c) || is_digit(c) || c == '_' || c == '-' || c == ' ';
         });
}

}  // namespace

CheckedProperties check_properties(std::string_view schema, std::string_view node_type,
                                   const json::object& written,
                                   const StandsInText& stands_in_text) {
  CheckedProperties checked;
  const bool is_free = schema == graph::general_schema().name;
  for (const auto& member : written) {
    const std::string_view name = member.key();
    const std::string_view text = member.value().get_string();
    const PropertyRule* rule = is_free ? nullptr : find_rule(node_type, name);
    std::optional<json::value> value;
    if (rule != nullptr) value = read_value(rule->kind, text, stands_in_text);
    if (is_free && is_property_name(name)) value = read_value(Kind::kDate, text, stands_in_text);
    if (value) {
      checked.kept.emplace(name, std::move(*value));
    } else {
      checked.dropped.emplace_back(name);
    }
  }
  return checked;
}

}  // namespace graphrail::extract::model
