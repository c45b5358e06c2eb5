#include "net/robots.h"

#include <algorithm>
#include <cstddef>

#include "net/url_escape.h"

namespace graphrail::net {
namespace {

constexpr std::size_t kMaxBytes = 500 * 1024;
constexpr std::size_t kMaxRules = 10000;
constexpr std::size_t kMaxPatternBytes = 2048;

std::string_view trim(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r");
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

std::string lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return out;
}

/// The leading product token: letters, "_" and "-" (section 2.2.1).
std::string product_token(std::string_view text) {
  const auto end = std::ranges::find_if(text, [](char c) {
    const char l = static_cast<char>(c | 0x20);
    return !((l >= 'a' && l <= 'z') || c == '_' || c == '-');
  });
  return lower(std::string_view(text.begin(), end));
}

/// Wildcard match in time linear in pattern times target, without recursion.
bool matches(std::string_view pattern, std::string_view target) {
  const bool anchored = pattern.ends_with('$');
  if (anchored) pattern.remove_suffix(1);
  std::size_t p = 0;
  std::size_t t = 0;
  std::size_t star = pattern.npos;
  std::size_t resume = 0;
  while (true) {
    if (p == pattern.size() && (!anchored || t == target.size())) return true;
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      resume = t;
    } else if (p < pattern.size() && t < target.size() && pattern[p] == target[t]) {
      ++p;
      ++t;
    } else if (star != pattern.npos && resume < target.size()) {
      p = star + 1;
      t = ++resume;
    } else {
      return false;
    }
  }
}

struct Line {
  std::string key;
  std::string_view value;
};

/// Takes the next line off `text`: "key: value # comment".
Line next_line(std::string_view& text) {
  const std::size_t end = text.find_first_of("\r\n");
  std::string_view line = text.substr(0, end);
  text.remove_prefix(end == text.npos ? text.size() : end + 1);
  line = line.substr(0, line.find('#'));
  const std::size_t colon = line.find(':');
  if (colon == line.npos) return {};
  return {lower(trim(line.substr(0, colon))), trim(line.substr(colon + 1))};
}

}  // namespace

RobotsRules RobotsRules::disallow_all() {
  RobotsRules rules;
  rules.rules_.push_back({"/", false});
  return rules;
}

RobotsRules RobotsRules::parse(std::string_view text, std::string_view token) {
  const std::string wanted = product_token(token);
  text = text.substr(0, kMaxBytes);
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  RobotsRules own;
  RobotsRules any;
  bool own_seen = false;
  bool in_own = false;
  bool in_any = false;
  bool last_was_agent = false;
  while (!text.empty()) {
    const Line line = next_line(text);
    if (line.key == "user-agent") {
      if (!last_was_agent) in_own = in_any = false;
      in_any = in_any || line.value == "*";
      in_own = in_own || (!wanted.empty() && product_token(line.value) == wanted);
      own_seen = own_seen || in_own;
      last_was_agent = true;
    } else if (line.key == "allow" || line.key == "disallow") {
      last_was_agent = false;
      if (line.value.empty() || line.value.size() > kMaxPatternBytes) continue;
      const Rule rule{
          line.value.front() == '*' ? std::string(line.value) : normalize_query(line.value),
          line.key == "allow"};
      if (in_own && own.rules_.size() < kMaxRules) own.rules_.push_back(rule);
      if (in_any && any.rules_.size() < kMaxRules) any.rules_.push_back(rule);
    }
  }
  return own_seen ? own : any;
}

bool RobotsRules::allows(std::string_view target) const {
  if (target == "/robots.txt") return true;
  const Rule* best = nullptr;
  for (const Rule& rule : rules_) {
    if (best != nullptr && rule.pattern.size() < best->pattern.size()) continue;
    if (!matches(rule.pattern, target)) continue;
    const bool longer = best == nullptr || rule.pattern.size() > best->pattern.size();
    if (longer || rule.allow) best = &rule;
  }
  return best == nullptr || best->allow;
}

}  // namespace graphrail::net
