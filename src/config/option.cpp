#include "config/option.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace graphrail::config {
namespace {

std::optional<std::uint64_t> parse_number(std::string_view value) {
  std::uint64_t number = 0;
  const char* const end = value.data() + value.size();
  const auto [stop, error] = std::from_chars(value.data(), end, number);
  if (error != std::errc() || stop != end) return std::nullopt;
  return number;
}

std::optional<bool> parse_toggle(std::string_view value) {
  for (const std::string_view yes : {"on", "true", "yes", "1"}) {
    if (value == yes) return true;
  }
  for (const std::string_view no : {"off", "false", "no", "0"}) {
    if (value == no) return false;
  }
  return std::nullopt;
}

std::optional<std::string> find_number_fault(const Option& option, std::string_view value) {
  const std::optional<std::uint64_t> number = parse_number(value);
  if (number && *number >= option.minimum && *number <= option.maximum) return std::nullopt;
  return fmt::format("`{}` is not a whole number from {} to {}", value, option.minimum,
                     option.maximum);
}

std::optional<std::string> find_choice_fault(const Option& option, std::string_view value) {
  const std::vector<std::string_view> choices = split_choices(option.choices);
  if (std::ranges::find(choices, value) != choices.end()) return std::nullopt;
  return fmt::format("`{}` is not one of {}", value, fmt::join(choices, ", "));
}

std::string lower_case(std::string_view name, char separator) {
  std::string out(name);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (c == '_') c = separator;
  }
  return out;
}

}  // namespace

std::optional<std::string> find_fault(const Option& option, std::string_view value) {
  switch (option.kind) {
    case OptionKind::kNumber:
      return find_number_fault(option, value);
    case OptionKind::kChoice:
      return find_choice_fault(option, value);
    case OptionKind::kToggle:
      if (parse_toggle(value)) return std::nullopt;
      return fmt::format("`{}` is neither on nor off", value);
    case OptionKind::kText:
      return option.check != nullptr ? option.check(value) : std::nullopt;
    case OptionKind::kSecret:
      if (std::ranges::none_of(value, [](unsigned char c) { return c < 0x20 || c == 0x7F; })) {
        return std::nullopt;
      }
      return "holds a control character";
  }
  return std::nullopt;
}

void store(const Option& option, std::string_view value, Settings& settings) {
  if (const auto* member = std::get_if<std::string Settings::*>(&option.target);
      member && *member) {
    settings.** member = value;
  } else if (const auto* count = std::get_if<std::uint64_t Settings::*>(&option.target);
             count && *count) {
    settings.** count = parse_number(value).value();
  } else if (const auto* flag = std::get_if<bool Settings::*>(&option.target); flag && *flag) {
    settings.** flag = parse_toggle(value).value();
  } else if (const auto* key = std::get_if<core::Secret Settings::*>(&option.target); key && *key) {
    settings.** key = core::Secret(value);
  }
}

std::string flag_name(const Option& option) { return "--" + lower_case(option.name, '-'); }

std::string toml_key(std::string_view option_name) { return lower_case(option_name, '_'); }

std::vector<std::string_view> split_choices(std::string_view choices) {
  std::vector<std::string_view> out;
  while (!choices.empty()) {
    const std::size_t bar = choices.find('|');
    out.push_back(choices.substr(0, bar));
    choices = bar == std::string_view::npos ? std::string_view() : choices.substr(bar + 1);
  }
  return out;
}

std::string value_hint(const Option& option) {
  switch (option.kind) {
    case OptionKind::kNumber:
      return "number";
    case OptionKind::kChoice:
      return std::string(option.choices);
    case OptionKind::kToggle:
      return "on|off";
    case OptionKind::kText:
      return "text";
    case OptionKind::kSecret:
      return "secret";
  }
  return {};
}

}  // namespace graphrail::config
