// robots.txt (RFC 9309): parsing and matching. Pure; fetching and caching are the fetcher's.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace graphrail::net {

/// The rules of one robots.txt that apply to one crawler.
class RobotsRules {
 public:
  /// Everything is allowed: no robots.txt, or a 4xx for it.
  [[nodiscard]] static RobotsRules allow_all() { return {}; }
  /// Everything is disallowed: a 5xx, or the file could not be reached (section 2.3.1.4).
  [[nodiscard]] static RobotsRules disallow_all();

  /// Reads the groups for `product_token` (compared without case), else the `*` groups. At most the
  /// first 500 KiB are read and 10,000 rules kept.
  [[nodiscard]] static RobotsRules parse(std::string_view text, std::string_view product_token);

  /// `target` is a path with query in normal form. The longest matching rule wins, allow wins ties;
  /// `*` and a final `$` are special; /robots.txt itself is always allowed.
  [[nodiscard]] bool allows(std::string_view target) const;

 private:
  struct Rule {
    std::string pattern;
    bool allow = true;
  };
  std::vector<Rule> rules_;
};

}  // namespace graphrail::net
