#include "app/doctor/render.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

namespace graphrail::app::doctor {
namespace {

namespace json = boost::json;

constexpr std::size_t kNameWidth = 16;
/// Mark, space, name, two spaces.
constexpr std::size_t kIndent = 2 + kNameWidth + 2;

struct Look {
  std::string_view mark;
  /// SGR parameters (ECMA-48): green, grey, yellow, red.
  std::string_view colour;
};

Look look_of(CheckState state) noexcept {
  switch (state) {
    case CheckState::kOk:
      return {"✓", "32"};
    case CheckState::kNote:
      return {"·", "90"};
    case CheckState::kWarning:
      return {"!", "33"};
    case CheckState::kFailed:
      return {"✗", "31"};
  }
  return {"✗", "31"};
}

std::string paint(std::string_view text, std::string_view colour, bool is_coloured) {
  return is_coloured ? fmt::format("\x1b[{}m{}\x1b[0m", colour, text) : std::string(text);
}

/// In lines of at most `width` columns, the later ones indented. Bytes are counted as columns,
/// which at worst breaks a line early.
std::string wrap(std::string_view text, std::size_t indent, std::size_t width) {
  std::string out;
  std::size_t column = indent;
  while (!text.empty()) {
    const std::string_view word = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(text.size(), word.size() + 1));
    const bool is_first = column == indent;
    if (!is_first && column + 1 + word.size() > width) {
      out += fmt::format("\n{:{}}", "", indent);
      column = indent;
    } else if (!is_first) {
      out += ' ';
      ++column;
    }
    out += word;
    column += word.size();
  }
  return out;
}

std::string summarise(std::span<const Check> checks) {
  const auto count = [checks](CheckState state) {
    return std::ranges::count(checks, state, &Check::state);
  };
  const auto failed = count(CheckState::kFailed);
  const auto warnings = count(CheckState::kWarning);
  if (failed == 0 && warnings == 0) return "All fine.";
  const std::string counted = fmt::format("{} warning{}", warnings, warnings == 1 ? "" : "s");
  if (failed == 0) return fmt::format("Works, with {}.", counted);
  return warnings == 0 ? fmt::format("{} failed.", failed)
                       : fmt::format("{} failed, {}.", failed, counted);
}

}  // namespace

std::string render_text(std::span<const Check> checks, const TextStyle& style) {
  std::string out;
  for (const Check& check : checks) {
    const Look look = look_of(check.state);
    out += fmt::format("{} {:<{}}  {}\n", paint(look.mark, look.colour, style.colour), check.name,
                       kNameWidth, wrap(check.seen, kIndent, style.width));
    if (check.mend.empty()) continue;
    out += fmt::format("{:{}}{} {}\n", "", kIndent, paint("→", look.colour, style.colour),
                       wrap(check.mend, kIndent + 2, style.width));
  }
  return out + "\n" + summarise(checks) + "\n";
}

json::object to_json(std::span<const Check> checks) {
  json::array list;
  for (const Check& check : checks) {
    json::object item{{"name", check.name},
                      {"state", to_string(check.state)},
                      {"seen", check.seen},
                      {"mend", nullptr},
                      {"detail", check.detail}};
    if (!check.mend.empty()) item["mend"] = check.mend;
    list.push_back(std::move(item));
  }
  const int exit_code = verdict(checks);
  return {{"ok", exit_code == kOk}, {"exit_code", exit_code}, {"checks", std::move(list)}};
}

}  // namespace graphrail::app::doctor
