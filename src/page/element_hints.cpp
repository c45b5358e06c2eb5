#include "page/element_hints.h"

#include <algorithm>
#include <array>

#include "page/ascii.h"

namespace graphrail::page {
namespace {

struct HintWord {
  std::string_view word;
  std::uint8_t hint;
};

constexpr std::uint8_t kB = kBoilerplateHint;
constexpr std::uint8_t kC = kCommentHint;
constexpr std::uint8_t kK = kCaptionHint;
constexpr std::uint8_t kY = kBylineHint;
constexpr std::uint8_t kT = kContentHint;

// Single words of class and id names, sorted.
constexpr auto kWords = std::to_array<HintWord>({
    {"ad", kB},
    {"addthis", kB},
    {"ads", kB},
    {"advert", kB},
    {"advertisement", kB},
    {"articlebody", kT},
    {"author", kY},
    {"authors", kY},
    {"bio", kY},
    {"breadcrumb", kB},
    {"breadcrumbs", kB},
    {"byline", kY},
    {"caption", kK},
    {"carousel", kB},
    {"comment", kC},
    {"commenting", kC},
    {"comments", kC},
    {"consent", kB},
    {"cookie", kB},
    {"cookies", kB},
    {"copyright", kB},
    {"credit", kK},
    {"credits", kK},
    {"disqus", kC},
    {"dateline", kY},
    {"footer", kB},
    {"gdpr", kB},
    {"hidden", kB},
    {"jp", kB},
    {"livefyre", kC},
    {"login", kB},
    {"menu", kB},
    {"meta", kY},
    {"metadata", kY},
    {"modal", kB},
    {"mostpopular", kB},
    {"nav", kB},
    {"navbar", kB},
    {"navigation", kB},
    {"newsletter", kB},
    {"outbrain", kB},
    {"pagination", kB},
    {"paywall", kB},
    {"popular", kB},
    {"popup", kB},
    {"postmeta", kY},
    {"promo", kB},
    {"promoted", kB},
    {"promos", kB},
    {"rating", kB},
    {"recirc", kB},
    {"recirculation", kB},
    {"recommend", kB},
    {"recommendation", kB},
    {"recommendations", kB},
    {"recommended", kB},
    {"related", kB},
    {"relatedposts", kB},
    {"replies", kC},
    {"respond", kC},
    {"share", kB},
    {"sharedaddy", kB},
    {"sharing", kB},
    {"sidebar", kB},
    {"signup", kB},
    {"social", kB},
    {"sponsor", kB},
    {"sponsored", kB},
    {"subscribe", kB},
    {"subscription", kB},
    {"taboola", kB},
    {"tags", kB},
    {"teaser", kB},
    {"timestamp", kY},
    {"toolbar", kB},
    {"trending", kB},
    {"widget", kB},
    {"widgets", kB},
});

std::uint8_t hint_of_word(std::string_view word) noexcept {
  const auto* const at = std::find_if(kWords.begin(), kWords.end(), [&](const HintWord& h) {
    return equals_ignoring_case(word, h.word);
  });
  return at == kWords.end() ? std::uint8_t{0} : at->hint;
}

bool is_word_char(char c) noexcept { return is_ascii_alpha(c) || is_ascii_digit(c); }
bool is_upper(char c) noexcept { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) noexcept { return c >= 'a' && c <= 'z'; }

/// Hints of the words of a class or id value: split at punctuation and at camelCase humps.
std::uint8_t hints_of_names(std::string_view names) noexcept {
  std::uint8_t hints = 0;
  for (std::size_t at = 0; at < names.size();) {
    while (at < names.size() && !is_word_char(names[at])) ++at;
    const std::size_t start = at;
    while (at < names.size() && is_word_char(names[at]) &&
           !(at > start && is_upper(names[at]) && is_lower(names[at - 1]))) {
      ++at;
    }
    hints |= hint_of_word(names.substr(start, at - start));
  }
  return hints;
}

std::uint8_t hints_of_tag(Tag tag) noexcept {
  switch (tag) {
    case Tag::kNav:
    case Tag::kFooter:
    case Tag::kAside:
    case Tag::kForm:
    case Tag::kMenu:
    case Tag::kDialog:
      return kBoilerplateHint;
    case Tag::kFigcaption:
    case Tag::kFigure:
      return kCaptionHint;
    default:
      return 0;
  }
}

}  // namespace

std::uint8_t element_hints(const HtmlTree& tree, NodeIndex element) noexcept {
  const Node& node = tree[element];
  std::uint8_t hints = hints_of_tag(node.tag);
  if (node.attribute_count == 0) return hints;
  hints |= hints_of_names(tree.value(element, AttributeName::kClass));
  hints |= hints_of_names(tree.value(element, AttributeName::kId));
  if (equals_ignoring_case(tree.value(element, AttributeName::kItemprop), "articlebody")) {
    hints |= kContentHint;
  }
  return hints;
}

}  // namespace graphrail::page
