#include "page/element_hints.h"

#include <algorithm>
#include <array>
#include <functional>

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
constexpr std::uint8_t kP = kPictureHint;
constexpr std::size_t kLongestWord = 20;

// Words of class and id names, in lower case and sorted.
// clang-format off
constexpr auto kWords = std::to_array<HintWord>({
    {"actions", kB}, {"ad", kB}, {"addthis", kB}, {"addtoany", kB}, {"ads", kB},
    {"adsbygoogle", kB}, {"adslot", kB}, {"adunit", kB}, {"advert", kB}, {"advertisement", kB},
    {"articlebody", kT}, {"attribution", kY}, {"author", kY}, {"authorbio", kY},
    {"authorbox", kY}, {"authors", kY}, {"banner", kB}, {"banners", kB}, {"bio", kY},
    {"breadcrumb", kB}, {"breadcrumbs", kB}, {"byline", kY}, {"bylines", kY}, {"caption", kK},
    {"captions", kK}, {"carousel", kB}, {"comment", kC}, {"commenting", kC}, {"comments", kC},
    {"consent", kB}, {"cookie", kB}, {"cookiebar", kB}, {"cookies", kB}, {"copyright", kB},
    {"credit", kK}, {"credits", kK}, {"crosslinks", kB}, {"cta", kB}, {"date", kY},
    {"dateline", kY}, {"datetime", kY}, {"discussion", kC}, {"disqus", kC}, {"dropdown", kB},
    {"entrycontent", kT}, {"entryfooter", kB}, {"eyebrow", kY}, {"feedback", kB}, {"flyout", kB},
    {"follow", kB}, {"followus", kB}, {"footer", kB}, {"gallery", kP}, {"gdpr", kB},
    {"hidden", kB}, {"hide", kB}, {"image", kP}, {"images", kP}, {"img", kP},
    {"inlinegallery", kK}, {"interstitial", kB}, {"kicker", kY}, {"lightbox", kB},
    {"linklist", kB}, {"livefyre", kC}, {"login", kB}, {"masthead", kB}, {"media", kP},
    {"menu", kB}, {"meta", kY}, {"metadata", kY}, {"modal", kB}, {"morefrom", kB},
    {"morestories", kB}, {"mostpopular", kB}, {"nav", kB}, {"navbar", kB}, {"navigation", kB},
    {"newsletter", kB}, {"newsletterbox", kB}, {"newsletters", kB}, {"nextprev", kB},
    {"offcanvas", kB}, {"outbrain", kB}, {"overlay", kB}, {"pager", kB}, {"pagination", kB},
    {"photo", kP}, {"photos", kP}, {"picture", kP}, {"pictures", kP},
    {"playlist", kB}, {"poll", kB}, {"popover", kB}, {"popular", kB}, {"popup", kB},
    {"postbody", kT}, {"postcontent", kT}, {"posted", kY}, {"posteddate", kY}, {"postmeta", kY},
    {"postnav", kB}, {"posttime", kY}, {"prevnext", kB}, {"print", kB}, {"printfriendly", kB},
    {"promo", kB}, {"promos", kB}, {"promoted", kB}, {"pubdate", kY}, {"publish", kY},
    {"published", kY}, {"pubtime", kY}, {"rating", kB}, {"readmore", kB}, {"readnext", kB},
    {"recirc", kB}, {"recirculation", kB}, {"recommend", kB}, {"recommendation", kB},
    {"recommendations", kB}, {"recommended", kB}, {"related", kB}, {"relatedposts", kB},
    {"replies", kC}, {"reply", kC}, {"respond", kC}, {"rubric", kY}, {"scrim", kB},
    {"scroller", kB}, {"search", kB}, {"searchform", kB}, {"share", kB}, {"shareaholic", kB},
    {"sharebar", kB}, {"sharedaddy", kB}, {"sharethis", kB}, {"sharing", kB}, {"sidebar", kB},
    {"signup", kB}, {"skip", kB}, {"slider", kK}, {"slideshow", kK}, {"sns", kB},
    {"sociable", kB}, {"social", kB}, {"socials", kB}, {"sponsor", kB}, {"sponsored", kB},
    {"storybody", kT}, {"subscribe", kB}, {"subscribebox", kB}, {"subscription", kB},
    {"survey", kB}, {"taboola", kB}, {"tagcloud", kB}, {"taglist", kB}, {"tags", kB},
    {"teaser", kB}, {"teasers", kB}, {"thumb", kP}, {"thumbnail", kP}, {"thumbnails", kP},
    {"ticker", kB}, {"timestamp", kY}, {"tool", kB}, {"toolbar", kB}, {"tools", kB},
    {"tooltip", kB}, {"topbar", kB}, {"topics", kB}, {"topstories", kB}, {"trending", kB},
    {"updated", kY}, {"upnext", kB}, {"vcard", kY}, {"video", kP}, {"videos", kP},
    {"whatsapp", kB}, {"yarpp", kB}, {"zergnet", kB},
});
// clang-format on
static_assert(std::ranges::is_sorted(kWords, std::ranges::less{}, &HintWord::word));

// "article-body", "entry__content", "storyText": a word of the first list before one of the second.
constexpr auto kDocumentWords = std::to_array<std::string_view>(
    {"article", "articles", "blog", "entry", "news", "page", "post", "single", "story"});
constexpr auto kBodyWords =
    std::to_array<std::string_view>({"body", "content", "contents", "copy", "main", "text"});

bool is_one_of(std::string_view word, auto& list) {
  return std::ranges::find(list, word) != std::end(list);
}

// Where the words of each first letter begin in kWords; one more entry ends the last letter.
constexpr auto kFirstOfLetter = [] {
  std::array<std::uint8_t, 27> table{};
  for (std::size_t letter = 0; letter <= 26; ++letter) {
    std::size_t at = 0;
    while (at < kWords.size() && kWords[at].word.front() < static_cast<char>('a' + letter)) ++at;
    table[letter] = static_cast<std::uint8_t>(at);
  }
  return table;
}();

std::uint8_t hint_of_word(std::string_view word) noexcept {
  if (word.front() < 'a' || word.front() > 'z') return 0;
  const auto letter = static_cast<std::size_t>(word.front() - 'a');
  for (std::size_t at = kFirstOfLetter[letter]; at < kFirstOfLetter[letter + 1]; ++at) {
    if (kWords[at].word == word) return kWords[at].hint;
  }
  return 0;
}

bool is_word_char(char c) noexcept { return is_ascii_alpha(c) || is_ascii_digit(c); }
bool is_upper(char c) noexcept { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) noexcept { return c >= 'a' && c <= 'z'; }

/// Hints of the words of a class or id value: split at punctuation and at camelCase humps.
std::uint8_t hints_of_names(std::string_view names) noexcept {
  std::uint8_t hints = 0;
  bool after_document_word = false;
  std::array<char, kLongestWord> buffer{};
  for (std::size_t at = 0; at < names.size();) {
    while (at < names.size() && !is_word_char(names[at])) {
      if (is_ascii_space(names[at])) after_document_word = false;
      ++at;
    }
    const std::size_t start = at;
    while (at < names.size() && is_word_char(names[at]) &&
           !(at > start && is_upper(names[at]) && is_lower(names[at - 1]))) {
      ++at;
    }
    const std::string_view written = names.substr(start, at - start);
    if (written.empty() || written.size() > kLongestWord) continue;
    std::ranges::transform(written, buffer.begin(), ascii_lower);
    const std::string_view word(buffer.data(), written.size());
    hints |= hint_of_word(word);
    if (after_document_word && is_one_of(word, kBodyWords)) hints |= kContentHint;
    after_document_word = is_one_of(word, kDocumentWords);
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

std::uint8_t hints_of_role(std::string_view role) noexcept {
  constexpr auto kRoles = std::to_array<std::string_view>(
      {"alert", "alertdialog", "banner", "complementary", "contentinfo", "dialog", "menu",
       "menubar", "navigation", "search", "tablist", "toolbar"});
  return is_one_of(role, kRoles) ? kBoilerplateHint : 0;
}

}  // namespace

std::uint8_t element_hints(const HtmlTree& tree, NodeIndex element) noexcept {
  const Node& node = tree[element];
  std::uint8_t hints = hints_of_tag(node.tag);
  if (node.attribute_count == 0) return hints;
  hints |= hints_of_names(tree.value(element, AttributeName::kClass));
  hints |= hints_of_names(tree.value(element, AttributeName::kId));
  hints |= hints_of_role(tree.value(element, AttributeName::kRole));
  const std::string_view itemprop = tree.value(element, AttributeName::kItemprop);
  if (equals_ignoring_case(itemprop, "articlebody")) hints |= kContentHint;
  return hints;
}

}  // namespace graphrail::page
