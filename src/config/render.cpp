#include "config/render.h"

#include <fmt/format.h>

#include <algorithm>

namespace graphrail::config {
namespace {

constexpr std::string_view kMask = "********";

constexpr std::string_view kIntroduction =
    R"(<!-- Made by `graphrail config --markdown` from src/config/options.cpp; a test compares them. -->
# Configuration

Nothing needs to be set: `graphrail serve` works as it is. Every option below can be given, first
match wins, as

1. a flag: `graphrail serve --port 9000`
2. an environment variable: `PORT=9000`
3. a line of `.env` in the working directory: `PORT=9000` (`--env-file FILE` names another file)
4. a line of `graphrail.toml` in the working directory: `port = 9000` (`--config FILE` likewise)
5. its default.

An empty environment variable counts as not set. Unknown keys in `graphrail.toml` and wrong values
anywhere are reported all at once, and the program ends with exit code 3. `graphrail config` shows
every value and where it comes from; secrets are masked. A secret has no flag, because other users
of a machine can see command lines; instead, every secret NAME can be given as `NAME_FILE`, the path
of a file that holds it.

| Option | Value | Default | Meaning |
|---|---|---|---|
)";

std::string shown_value(const ResolvedValue& value) {
  if (!value.is_set) return "(not set)";
  return value.option->is_secret() ? std::string(kMask) : value.text;
}

/// A | inside a table cell has to be escaped.
std::string escape_cell(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '|') out.push_back('\\');
    out.push_back(c);
  }
  return out;
}

std::string markdown_value(const Option& option) {
  if (option.kind == OptionKind::kNumber) {
    return fmt::format("{} to {}", option.minimum, option.maximum);
  }
  if (option.kind == OptionKind::kChoice) {
    return fmt::format("`{}`", fmt::join(split_choices(option.choices), "`, `"));
  }
  if (option.kind == OptionKind::kToggle) return "`on`, `off`";
  return value_hint(option);
}

}  // namespace

std::string render_values(std::span<const ResolvedValue> values) {
  std::size_t name_width = 0;
  std::size_t value_width = 0;
  for (const ResolvedValue& value : values) {
    name_width = std::max(name_width, value.option->name.size());
    value_width = std::max(value_width, shown_value(value).size());
  }
  std::string out;
  for (const ResolvedValue& value : values) {
    out += fmt::format("{:<{}}  {:<{}}  {}\n", value.option->name, name_width, shown_value(value),
                       value_width, value.source);
  }
  return out;
}

std::string render_markdown(std::span<const Option> table) {
  std::string out(kIntroduction);
  for (const Option& option : table) {
    const std::string default_value =
        option.default_value.empty() ? "" : fmt::format("`{}`", option.default_value);
    out +=
        fmt::format("| `{}` | {} | {} | {} |\n", option.name, escape_cell(markdown_value(option)),
                    escape_cell(default_value), escape_cell(option.description));
  }
  return out;
}

}  // namespace graphrail::config
