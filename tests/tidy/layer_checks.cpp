#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <set>
#include <sstream>
#include <string>

#include "tidy/checks.h"
#include "tidy/functions.h"

namespace graphrail::tidy {
namespace {

struct Arrow {
  std::string_view room;
  /// Rooms it may use, separated by spaces.
  std::string_view may_use;
};

/// The architecture (ARCHITECTURE.md). A room that speaks the types of those it uses may name
/// core and graph as well; app puts everything together.
constexpr std::array kArrows = {
    Arrow{"core", ""},
    Arrow{"config", "core"},
    Arrow{"observe", "core"},
    Arrow{"graph", "core"},
    Arrow{"net", "core observe"},
    Arrow{"store", "net core observe"},
    Arrow{"page", "net store core"},
    Arrow{"llm", "net core observe"},
    Arrow{"extract", "graph llm core"},
    Arrow{"quota", "store core observe"},
    Arrow{"identity", "net core"},
    Arrow{"history", "graph store core"},
    Arrow{"generate", "core observe graph net llm page extract quota identity history"},
    Arrow{"http", "core observe"},
    Arrow{"api", "http generate quota history identity graph core observe"},
    Arrow{"web", "http core"},
    Arrow{"app",
          "core config observe graph net store page llm extract quota identity history generate "
          "http api web"},
};

using Names = std::set<std::string, std::less<>>;

Names words(std::string_view text) {
  std::istringstream in{std::string(text)};
  Names out;
  for (std::string word; in >> word;) out.insert(word);
  return out;
}

/// The USES of a graphrail_room(…) call; CMake keywords end the list.
Names parse_uses(std::string_view cmake) {
  Names uses;
  const std::size_t call = cmake.find("graphrail_room(");
  if (call == std::string_view::npos) return uses;
  const std::string_view inside = cmake.substr(call, cmake.find(')', call) - call);
  const std::size_t start = inside.find(" USES ");
  if (start == std::string_view::npos) return uses;
  std::string_view list = inside.substr(start + 6);
  uses = words(list.substr(0, list.find("LINKS")));
  return uses;
}

/// Path inside the quotes of an #include "…" line; empty for other lines.
std::string_view quoted_include(std::string_view line) {
  constexpr std::string_view kStart = "#include \"";
  if (!line.starts_with(kStart)) return {};
  line.remove_prefix(kStart.size());
  return line.substr(0, line.find('"'));
}

void check_includes(const SourceFile& file, const Names& uses, Problems& problems) {
  const std::vector<std::string_view> lines = split_lines(file.text);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string_view included = quoted_include(lines[i]);
    if (included.empty()) continue;
    const std::size_t slash = included.find('/');
    const std::string_view room = included.substr(0, slash);
    if (slash == std::string_view::npos || included.starts_with("..")) {
      problems.push_back({file.path, i + 1, "include \"room/file.h\", relative to src"});
    } else if (room != file.room() && !uses.contains(room)) {
      problems.push_back(
          {file.path, i + 1,
           std::string(file.room()) + " does not USE the room " + std::string(room)});
    }
  }
}

/// app/compose*.cpp puts the program together, api/middleware_order.cpp the chain of middlewares.
bool is_composition(const SourceFile& file) {
  return file.under("src/app/compose") || file.path == "src/api/middleware_order.cpp";
}

/// The last identifier of a possibly qualified name: "http::Middleware" is "Middleware".
std::string last_name(std::string_view qualified) {
  return std::string(word_before(qualified, qualified.size()));
}

/// Calls `found(head, body)` for each class defined in the file; the head of
/// `class A final : public B {` is "A final : public B".
template <class Found>
void for_each_class(std::string_view code, Found found) {
  for (std::size_t at = code.find("class "); at != std::string_view::npos;
       at = code.find("class ", at + 1)) {
    const std::size_t open = code.find_first_of("{;>,)", at);
    if (open == std::string_view::npos || code[open] != '{') continue;
    found(fold_space(code.substr(at + 6, open - at - 6)),
          code.substr(open, skip_group(code, open) - open));
  }
}

/// Adds the classes that declare a pure virtual method.
void find_interfaces(const SourceFile& file, Names& interfaces) {
  for_each_class(file.code, [&](const std::string& head, std::string_view body) {
    if (body.find("= 0;") != std::string_view::npos) {
      interfaces.insert(head.substr(0, head.find_first_of(" :")));
    }
  });
}

/// Adds the final classes of a header that implement an interface.
void find_implementations(const SourceFile& file, const Names& interfaces, Names& names) {
  for_each_class(file.code, [&](const std::string& head, std::string_view) {
    constexpr std::string_view kBase = ": public ";
    const std::size_t base = head.find(kBase);
    if (base == std::string::npos || head.find(" final") == std::string::npos) return;
    const std::string_view named = std::string_view(head).substr(base + kBase.size());
    if (interfaces.contains(last_name(named.substr(0, named.find(','))))) {
      names.insert(head.substr(0, head.find(' ')));
    }
  });
}

/// Adds the functions make_… of a header that return a pointer to an interface.
void find_makers(const SourceFile& file, const Names& interfaces, Names& names) {
  const std::string_view code = file.code;
  for (std::size_t at = code.find(" make_"); at != std::string_view::npos;
       at = code.find(" make_", at + 1)) {
    const std::size_t open = code.find('(', at);
    if (open == std::string_view::npos || char_before(code, at + 1) != '>') continue;
    const std::size_t close = code.rfind('>', at);
    const std::size_t angle = code.rfind('<', at);
    const std::string_view pointer = word_before(code, angle);
    if (pointer != "shared_ptr" && pointer != "unique_ptr") continue;
    if (!interfaces.contains(last_name(code.substr(angle + 1, close - angle - 1)))) continue;
    names.insert(fold_space(code.substr(at, open - at)));
  }
}

Names find_concretes(const SourceFile& file, const Names& interfaces) {
  Names names;
  find_implementations(file, interfaces, names);
  find_makers(file, interfaces, names);
  return names;
}

}  // namespace

Problems check_layers(const std::vector<SourceFile>& files) {
  Problems problems;
  std::map<std::string, Names, std::less<>> uses;
  for (const SourceFile& file : files) {
    const std::string room(file.room());
    if (room.empty() || file.path != "src/" + room + "/CMakeLists.txt") continue;
    uses[room] = parse_uses(file.text);
    const auto* arrow = std::ranges::find(kArrows, room, &Arrow::room);
    if (arrow == kArrows.end()) {
      problems.push_back({file.path, 1, "the architecture knows no room " + room});
      continue;
    }
    const Names allowed = words(arrow->may_use);
    for (const std::string& used : uses[room]) {
      if (allowed.contains(used)) continue;
      problems.push_back({file.path, 1, "the architecture has no arrow " + room + " -> " + used});
    }
  }
  for (const SourceFile& file : files) {
    if (file.is_cpp() && !file.room().empty()) {
      check_includes(file, uses[std::string(file.room())], problems);
    }
  }
  return problems;
}

Problems check_concretes(const std::vector<SourceFile>& files) {
  Names interfaces;
  for (const SourceFile& file : files) {
    if (file.is_header() && !file.room().empty()) find_interfaces(file, interfaces);
  }
  std::map<std::string, std::string, std::less<>> homes;
  for (const SourceFile& file : files) {
    if (!file.is_header() || file.room().empty()) continue;
    for (const std::string& name : find_concretes(file, interfaces)) homes[name] = file.room();
  }
  Problems problems;
  for (const SourceFile& file : files) {
    if (!file.is_cpp() || !file.under("src/") || is_composition(file)) continue;
    for (std::size_t at = 0; at < file.code.size(); ++at) {
      if (!is_word_char(file.code[at])) continue;
      std::size_t end = at;
      while (end < file.code.size() && is_word_char(file.code[end])) ++end;
      const auto home = homes.find(std::string_view(file.code).substr(at, end - at));
      const std::size_t line = home == homes.end() ? 0 : line_of(file.code, at);
      if (line != 0 && home->second != file.room() && !is_allowed(file, line, "concrete")) {
        problems.push_back({file.path, line,
                            home->first + " is an implementation of the room " + home->second +
                                ": take the interface and let app/compose.cpp choose"});
      }
      at = end;
    }
  }
  return problems;
}

}  // namespace graphrail::tidy
