#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "tidy/checks.h"
#include "tidy/functions.h"

namespace graphrail::tidy {
namespace {

/// Whether `word` stands at `at` in `text` with no word character on either side.
bool is_whole_word(std::string_view text, std::size_t at, std::string_view word) {
  const std::size_t end = at + word.size();
  const bool open = at == 0 || !is_word_char(word.front()) || !is_word_char(text[at - 1]);
  return open && (end >= text.size() || !is_word_char(word.back()) || !is_word_char(text[end]));
}

/// Calls `found(offset)` for each whole-word occurrence.
template <class Found>
void for_each_word(std::string_view text, std::string_view word, Found found) {
  for (std::size_t at = text.find(word); at != std::string_view::npos;
       at = text.find(word, at + 1)) {
    if (is_whole_word(text, at, word)) found(at);
  }
}

/// Spelled in halves, so that this file does not object to itself.
const std::array kUnfinished = {std::string("TO") + "DO", std::string("FIX") + "ME",
                                std::string("XX") + "X", std::string("HA") + "CK",
                                std::string("WI") + "P"};

enum class Where { kEverywhere, kSource, kRooms, kHeaders };

struct Banned {
  std::string_view name;
  Where where;
  std::string_view instead;
  /// Where it may stand: beginnings of paths, separated by spaces. Deadlines of real sockets are
  /// waited for on real timers, so the rooms with sockets read the steady clock themselves.
  std::string_view home = {};
};

constexpr std::array kBanned = {
    Banned{"std::regex", Where::kEverywhere, "a scanner: std::regex recurses on its input"},
    Banned{"rand(", Where::kEverywhere, "core::Random"},
    Banned{"srand(", Where::kEverywhere, "core::Random"},
    Banned{"std::random_device", Where::kEverywhere, "core::Random"},
    Banned{"std::mt19937", Where::kSource, "core::Random"},
    Banned{"std::cout", Where::kRooms, "a returned value, or observe/log.h", "src/app/"},
    Banned{"std::cerr", Where::kRooms, "observe/log.h", "src/app/"},
    Banned{"printf(", Where::kRooms, "fmt::format, or observe/log.h", "src/app/"},
    Banned{"std::endl", Where::kEverywhere, "'\\n'"},
    Banned{"sleep_for", Where::kEverywhere, "a timer, or core::ManualClock in a test"},
    Banned{"sleep_until", Where::kEverywhere, "a timer, or core::ManualClock in a test"},
    Banned{"usleep(", Where::kEverywhere, "a timer, or core::ManualClock in a test"},
    Banned{"nanosleep(", Where::kEverywhere, "a timer, or core::ManualClock in a test"},
    Banned{"using namespace", Where::kHeaders, "qualified names"},
    Banned{"using namespace std;", Where::kEverywhere, "qualified names"},
    Banned{"strtok(", Where::kEverywhere, "std::string_view::find"},
    Banned{"sprintf(", Where::kEverywhere, "fmt::format"},
    Banned{"snprintf(", Where::kEverywhere, "fmt::format_to_n"},
    Banned{"strcpy(", Where::kEverywhere, "std::string"},
    Banned{"strcat(", Where::kEverywhere, "std::string"},
    Banned{"gets(", Where::kEverywhere, "std::getline"},
    Banned{"atoi(", Where::kEverywhere, "std::from_chars"},
    Banned{"atol(", Where::kEverywhere, "std::from_chars"},
    Banned{"atof(", Where::kEverywhere, "std::from_chars"},
    Banned{"strtol(", Where::kEverywhere, "std::from_chars"},
    Banned{"strtod(", Where::kEverywhere, "std::from_chars"},
    Banned{"std::stoi", Where::kSource, "std::from_chars"},
    Banned{"std::stol", Where::kSource, "std::from_chars"},
    Banned{"std::stoul", Where::kSource, "std::from_chars"},
    Banned{"std::stoull", Where::kSource, "std::from_chars"},
    Banned{"std::stod", Where::kSource, "std::from_chars"},
    Banned{"localtime(", Where::kEverywhere, "std::chrono: it shares a buffer"},
    Banned{"gmtime(", Where::kEverywhere, "std::chrono: it shares a buffer"},
    Banned{"asctime(", Where::kEverywhere, "std::chrono: it shares a buffer"},
    Banned{"system_clock::now", Where::kSource, "core::Clock", "src/core/clock.h"},
    Banned{"steady_clock::now", Where::kSource, "core::Clock",
           "src/core/clock.h src/net/ src/http/"},
    Banned{"std::time(", Where::kSource, "core::Clock"},
    Banned{"getenv(", Where::kSource, "config::Settings", "src/config/ src/app/"},
    Banned{"setenv(", Where::kSource, "a value passed on: it races with every reader"},
    Banned{"system(", Where::kEverywhere, "a library: no shell is ever started"},
    Banned{"popen(", Where::kEverywhere, "a library: no shell is ever started"},
    Banned{".detach()", Where::kEverywhere, "a thread that is joined"},
    Banned{"std::async", Where::kEverywhere, "core::WorkPool"},
    Banned{"std::bind", Where::kEverywhere, "a lambda"},
    Banned{"malloc(", Where::kEverywhere, "a container"},
    Banned{"alloca(", Where::kEverywhere, "a container"},
    Banned{"goto", Where::kEverywhere, "a function"},
};

bool applies(const Banned& banned, const SourceFile& file) {
  for (std::string_view homes = banned.home; !homes.empty();) {
    const std::size_t end = std::min(homes.find(' '), homes.size());
    if (file.under(homes.substr(0, end))) return false;
    homes.remove_prefix(std::min(end + 1, homes.size()));
  }
  switch (banned.where) {
    case Where::kEverywhere:
      return true;
    case Where::kSource:
      return file.under("src/");
    case Where::kRooms:
      return !file.room().empty();
    case Where::kHeaders:
      return file.is_header();
  }
  return false;
}

/// A comment that ends like a statement and holds something only code has.
bool looks_like_code(std::string_view comment) {
  while (comment.starts_with('/') || comment.starts_with(' ')) comment.remove_prefix(1);
  while (comment.ends_with(' ')) comment.remove_suffix(1);
  if (comment.empty()) return false;
  const char last = comment.back();
  if (last != ';' && last != '{' && last != '}') return false;
  if (comment == "}" || comment == "{" || comment == "};") return true;
  if (comment.starts_with("return ") || comment.starts_with("if ")) return true;
  constexpr std::array<std::string_view, 5> kSigns = {"(", " = ", "->", "::", "++"};
  for (const std::string_view sign : kSigns) {
    if (comment.find(sign) != std::string_view::npos) return true;
  }
  return false;
}

}  // namespace

Problems check_leftovers(const SourceFile& file) {
  Problems problems;
  const auto report = [&](std::size_t line, std::string text) {
    if (!is_allowed(file, line, "leftover")) problems.push_back({file.path, line, std::move(text)});
  };
  if (file.path.ends_with("package-lock.json") || file.under("tests/data/")) return problems;
  for (const std::string& word : kUnfinished) {
    for_each_word(file.text, word, [&](std::size_t at) {
      report(line_of(file.text, at), word + ": finish it, or say in an issue what is left");
    });
  }
  if (!file.is_cpp()) return problems;
  if (file.under("src/")) {
    for (const std::string_view word : {"stub", "Stub", "stubbed", "placeholder implementation"}) {
      for_each_word(file.text, word, [&](std::size_t at) {
        report(line_of(file.text, at),
               "a " + std::string(word) + " in the product: write the real thing");
      });
    }
  }
  const std::vector<std::string_view> lines = split_lines(file.comments);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::size_t start = lines[i].find("//");
    if (start == std::string_view::npos || lines[i].substr(start).starts_with("///")) continue;
    if (looks_like_code(lines[i].substr(start))) report(i + 1, "code that was commented out");
  }
  return problems;
}

Problems check_banned(const SourceFile& file) {
  Problems problems;
  for (const Banned& banned : kBanned) {
    if (!file.is_cpp() || !applies(banned, file)) continue;
    for_each_word(file.code, banned.name, [&](std::size_t at) {
      const std::size_t line = line_of(file.code, at);
      const bool is_fmt = std::string_view(file.code).substr(0, at).ends_with("fmt::");
      if (is_fmt || is_allowed(file, line, "banned")) return;
      problems.push_back(
          {file.path, line, std::string(banned.name) + ": use " + std::string(banned.instead)});
    });
  }
  return problems;
}

namespace {

/// In halves, so that this file does not object to itself.
struct Halves {
  std::string_view front;
  std::string_view back;

  [[nodiscard]] std::string joined() const { return std::string(front) + std::string(back); }
};

constexpr std::array kMachinePaths = {Halves{"/wo", "rk"}, Halves{"/ho", "me"}, Halves{"/ro", "ot"},
                                      Halves{"/Us", "ers"}};

constexpr std::array kRegistryHosts = {
    Halves{"registry.", "npmjs"},  Halves{"registry.", "yarnpkg"}, Halves{"deb.", "debian"},
    Halves{"security.", "debian"}, Halves{"snapshot.", "debian"},  Halves{"archive.", "ubuntu"},
    Halves{"pypi.", "org"},        Halves{"python", "hosted"},     Halves{"crates", ".io"},
    Halves{"proxy.", "golang"},    Halves{"deb.", "nodesource"},   Halves{"ghcr", ".io"},
};

/// "docs/work" and "https://example.com/home" are relative to something that is named.
bool is_relative(std::string_view text, std::size_t at) {
  const char before = at > 0 ? text[at - 1] : ' ';
  return is_word_char(before) || std::string_view("./-$}~").find(before) != std::string_view::npos;
}

}  // namespace

Problems check_self_contained(const SourceFile& file) {
  Problems problems;
  const auto report = [&](std::size_t at, std::string text) {
    const std::size_t line = line_of(file.text, at);
    if (!is_allowed(file, line, "self")) problems.push_back({file.path, line, std::move(text)});
  };
  for (const Halves& path : kMachinePaths) {
    const std::string folder = path.joined() + "/";
    for (std::size_t at = file.text.find(folder); at != std::string::npos;
         at = file.text.find(folder, at + 1)) {
      // A one-letter user, as in an example's /home/u, is nobody's.
      const std::size_t name = at + folder.size();
      const bool is_named = name + 1 < file.text.size() && is_word_char(file.text[name]) &&
                            is_word_char(file.text[name + 1]);
      if (is_named && !is_relative(file.text, at)) report(at, "a path of somebody's machine");
    }
  }
  for (const Halves& host : kRegistryHosts) {
    const std::size_t at = file.text.find(host.joined());
    if (at != std::string::npos) report(at, "the host of a package registry");
  }
  return problems;
}

}  // namespace graphrail::tidy
