#include "config/toml_file.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>

namespace graphrail::config {
namespace {

TomlEntry make_entry(std::string_view key, const toml::node& node, std::size_t line) {
  TomlEntry entry{.key = std::string(key), .line = line};
  if (const toml::value<std::string>* text = node.as_string()) {
    entry.kind = TomlEntry::Kind::kText;
    entry.value = text->get();
  } else if (const toml::value<std::int64_t>* number = node.as_integer()) {
    entry.kind = TomlEntry::Kind::kNumber;
    entry.value = std::to_string(number->get());
  } else if (const toml::value<bool>* flag = node.as_boolean()) {
    entry.kind = TomlEntry::Kind::kToggle;
    entry.value = flag->get() ? "true" : "false";
  }
  return entry;
}

}  // namespace

TomlFile parse_toml_file(std::string_view text, std::string_view file_name) {
  TomlFile out;
  try {
    const toml::table table = toml::parse(text);
    for (const auto& [key, node] : table) {
      // A value's own position is where it starts; the key stands on the same line.
      out.entries.push_back(make_entry(key.str(), node, node.source().begin.line));
    }
  } catch (const toml::parse_error& error) {
    out.faults.push_back({fmt::format("{}:{}", file_name, error.source().begin.line),
                          std::string(error.description())});
  }
  // The library keeps keys in alphabetical order; people read files from the top.
  std::ranges::sort(out.entries, {}, &TomlEntry::line);
  return out;
}

}  // namespace graphrail::config
