#include "page/phrases.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "page/ascii.h"

namespace graphrail::page {
namespace {

constexpr std::size_t kLongestPhrase = 120;    // bytes
constexpr std::size_t kLongestDateLine = 120;  // bytes
constexpr std::size_t kLongestCredit = 300;    // bytes
constexpr std::size_t kLongestNotice = 1200;   // bytes
constexpr std::size_t kLongestOpening = 50;    // bytes
constexpr double kRepeatedWords = 0.7;

// The whole block, ASCII letters in lower case, final punctuation removed.
constexpr auto kWholeBlocks =
    std::to_array<std::string_view>({"ad",
                                     "advert",
                                     "advertisement",
                                     "advertising",
                                     "advertorial",
                                     "anuncio",
                                     "anzeige",
                                     "caption",
                                     "close",
                                     "comments",
                                     "continue reading",
                                     "iklan",
                                     "key points",
                                     "loading",
                                     "more",
                                     "publicidad",
                                     "publicidade",
                                     "publicité",
                                     "pubblicità",
                                     "read more",
                                     "related",
                                     "related articles",
                                     "related content",
                                     "related news",
                                     "related stories",
                                     "related topics",
                                     "related tags",
                                     "relacionadas",
                                     "replay",
                                     "see also",
                                     "share",
                                     "share this",
                                     "sponsored",
                                     "sponsored content",
                                     "story continues below",
                                     "story continues below advertisement",
                                     "tags",
                                     "text size",
                                     "top stories",
                                     "trending",
                                     "view comments",
                                     "werbung",
                                     "Реклама",
                                     "explore further",
                                     "highlights",
                                     "don't miss",
                                     "play video",
                                     "watch now",
                                     "reklam",
                                     "annonse"});

// How the block begins, ASCII letters in lower case.
constexpr auto kBeginnings = std::to_array<std::string_view>({"©",
                                                              "click here to",
                                                              "click to share",
                                                              "copyright ©",
                                                              "copyright @",
                                                              "follow us on",
                                                              "get our newsletter",
                                                              "image:",
                                                              "image credit",
                                                              "(image credit",
                                                              "like us on facebook",
                                                              "more:",
                                                              "photo:",
                                                              "photo by ",
                                                              "photo credit",
                                                              "picture:",
                                                              "read also:",
                                                              "read more:",
                                                              "read next:",
                                                              "recommended:",
                                                              "related:",
                                                              "share on ",
                                                              "share this ",
                                                              "sign up for",
                                                              "sign up to",
                                                              "sign up:",
                                                              "subscribe to ",
                                                              "want more stories",
                                                              "you may also like",
                                                              "you might also like",
                                                              "filed under",
                                                              "source:",
                                                              "story continues",
                                                              "this slideshow requires javascript",
                                                              "posted in "});

std::string lower_without_final_punctuation(std::string_view text) {
  std::string lower = to_ascii_lower(text);
  while (!lower.empty() && (lower.back() == '.' || lower.back() == ':' || lower.back() == '!' ||
                            lower.back() == ' ')) {
    lower.pop_back();
  }
  return lower;
}

bool is_letter_byte(char c) {
  return is_ascii_alpha(c) || is_ascii_digit(c) || static_cast<unsigned char>(c) >= 0x80;
}

/// Words in lower case, without punctuation; a curly apostrophe ends no word.
std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    const bool typographic = i + 2 < text.size() && text.substr(i, 2) == "\xE2\x80";
    if (i < text.size() && is_letter_byte(text[i]) && !typographic) {
      word.push_back(ascii_lower(text[i]));
      continue;
    }
    if (!word.empty()) words.push_back(std::move(word));
    word.clear();
    if (typographic) i += 2;
  }
  return words;
}

bool names_network(std::string_view lower) {
  constexpr auto kNetworks = std::to_array<std::string_view>(
      {"facebook", "instagram", "linkedin", "telegram", "tiktok", "twitter", "youtube", " on x"});
  return std::ranges::any_of(
      kNetworks, [&](std::string_view name) { return lower.find(name) != std::string_view::npos; });
}

/// "3 comments", "858 shares", "image 1 of 5", "1 / 23": a counter and little else.
bool is_count(std::string_view lower) {
  if (lower.size() > 24) return false;
  const auto digits = std::ranges::count_if(lower, is_ascii_digit);
  if (digits == 0) return false;
  constexpr auto kCounted =
      std::to_array<std::string_view>({"comment", "share", "view", "like", "image ", "photo ",
                                       "slide ", "min read", "minute read"});
  return std::ranges::any_of(
      kCounted, [&](std::string_view word) { return lower.find(word) != std::string_view::npos; });
}

bool has_clock_time(std::string_view text) {
  for (std::size_t at = text.find(':'); at != std::string_view::npos; at = text.find(':', at + 1)) {
    if (at > 0 && at + 2 < text.size() && is_ascii_digit(text[at - 1]) &&
        is_ascii_digit(text[at + 1]) && is_ascii_digit(text[at + 2])) {
      return true;
    }
  }
  return false;
}

/// "05/10/2018", "2019-11-19", "20.11.2019" at the start.
bool starts_with_numeric_date(std::string_view text) {
  std::size_t digits = 0;
  std::size_t marks = 0;
  std::size_t at = 0;
  for (; at < text.size() && at < 10; ++at) {
    if (is_ascii_digit(text[at])) {
      ++digits;
    } else if (text[at] == '/' || text[at] == '-' || text[at] == '.') {
      ++marks;
    } else {
      break;
    }
  }
  return marks == 2 && digits >= 6;
}

bool has_year(std::string_view text) {
  for (std::size_t at = 0; at + 4 <= text.size(); ++at) {
    const std::string_view four = text.substr(at, 4);
    if ((four.starts_with("19") || four.starts_with("20")) && is_ascii_digit(four[2]) &&
        is_ascii_digit(four[3]) && (at == 0 || !is_ascii_digit(text[at - 1])) &&
        (at + 4 == text.size() || !is_ascii_digit(text[at + 4]))) {
      return true;
    }
  }
  return false;
}

}  // namespace

bool is_boilerplate_phrase(std::string_view text) {
  if (text.size() > kLongestPhrase) return false;
  const std::string lower = lower_without_final_punctuation(text);
  if (std::ranges::find(kWholeBlocks, lower) != kWholeBlocks.end()) return true;
  if (is_count(lower)) return true;
  if (lower.starts_with("follow ") && names_network(lower)) return true;
  return std::ranges::any_of(kBeginnings,
                             [&](std::string_view start) { return lower.starts_with(start); });
}

bool opens_closing_section(std::string_view text) {
  if (text.size() > kLongestOpening) return false;
  constexpr auto kOpenings = std::to_array<std::string_view>({"about the author",
                                                              "add a comment",
                                                              "add comment",
                                                              "also on ",
                                                              "comments",
                                                              "elsewhere on ",
                                                              "join the conversation",
                                                              "join the discussion",
                                                              "kommentare",
                                                              "latest news",
                                                              "latest stories",
                                                              "leave a comment",
                                                              "leave a reply",
                                                              "leave comment",
                                                              "más noticias",
                                                              "mehr zum thema",
                                                              "more from ",
                                                              "more on ",
                                                              "more stories",
                                                              "most popular",
                                                              "most read",
                                                              "most viewed",
                                                              "newsletter",
                                                              "you may like",
                                                              "other articles",
                                                              "other news",
                                                              "other stories",
                                                              "post a comment",
                                                              "read more from ",
                                                              "recent articles",
                                                              "recent posts",
                                                              "recommended",
                                                              "related",
                                                              "reply",
                                                              "share this",
                                                              "similar articles",
                                                              "similar posts",
                                                              "sign up for ",
                                                              "thoughts on ",
                                                              "trending",
                                                              "what do you think",
                                                              "write a comment",
                                                              "you may also like",
                                                              "you might also like",
                                                              "your comment",
                                                              "über den autor",
                                                              "комментарии",
                                                              "читайте также",
                                                              "deja un comentario",
                                                              "lascia un commento",
                                                              "laisser un commentaire",
                                                              "deixe um comentário",
                                                              "artículos relacionados",
                                                              "articoli correlati",
                                                              "artigos relacionados",
                                                              "articles similaires"});
  const std::string lower = lower_without_final_punctuation(text);
  return std::ranges::any_of(kOpenings,
                             [&](std::string_view start) { return lower.starts_with(start); });
}

bool is_credit(std::string_view text) {
  if (text.size() > kLongestCredit) return false;
  const std::size_t open = text.rfind('(');
  if (open != std::string_view::npos) {
    const std::string_view last = text.substr(open + 1);
    for (const std::string_view word : {"image:", "image credit", "photo:", "photo by",
                                        "picture:", "pic:", "credit:", "photo credit", "foto:"}) {
      if (starts_with_ignoring_case(last, word)) return true;
    }
  }
  return starts_with_ignoring_case(text, "reporting by ") ||
         starts_with_ignoring_case(text, "(reporting by ") ||
         contains_ignoring_case(text, "contributed to this report") ||
         contains_ignoring_case(text, "contributed reporting");
}

bool is_written_address(std::string_view text) {
  return text.find("://") != std::string_view::npos || text.find("www.") != std::string_view::npos;
}

bool is_site_notice(std::string_view text) {
  if (text.size() > kLongestNotice) return false;
  const std::string lower = to_ascii_lower(text);
  const auto says = [&](std::string_view phrase) {
    return lower.find(phrase) != std::string::npos;
  };
  if (says("all rights reserved") || says("privacy policy") || says("terms of use") ||
      says("terms of service") || says("terms and conditions") || says("user agreement") ||
      says("email address will not be published") || says("subject to copyright") ||
      says("protected by recaptcha")) {
    return true;
  }
  if (says("cookies")) {
    return says("we use") || says("uses cookies") || says("this site") || says("this website") ||
           says("your browser") || says("your experience");
  }
  if (says("newsletter")) return says("sign up") || says("subscribe") || says("inbox");
  if (says("comment"))
    return says("be respectful") || says("community guidelines") || says("community standards") ||
           says("be moderated");
  return says("affiliate links") && says("commission");
}

bool is_date_line(std::string_view text) {
  if (text.size() > kLongestDateLine || !has_year(text)) return false;
  if (text.find('\n') != std::string_view::npos) return false;
  if (has_clock_time(text) || starts_with_numeric_date(text)) return true;
  return starts_with_ignoring_case(text, "published") ||
         starts_with_ignoring_case(text, "updated") ||
         starts_with_ignoring_case(text, "posted on") ||
         starts_with_ignoring_case(text, "first published") ||
         starts_with_ignoring_case(text, "last updated");
}

bool repeats_title(std::string_view heading, std::string_view title) {
  const std::vector<std::string> wanted = words_of(heading);
  if (wanted.empty()) return false;
  const std::vector<std::string> given = words_of(title);
  const auto shared = std::ranges::count_if(wanted, [&](const std::string& word) {
    return std::ranges::find(given, word) != given.end();
  });
  return wanted.size() >= 3
             ? static_cast<double>(shared) >= kRepeatedWords * static_cast<double>(wanted.size())
             : wanted == given;
}

bool ends_sentence(std::string_view text) {
  static constexpr auto kClosing =
      std::to_array<std::string_view>({"\"", "'", ")", "]", "”", "’", "»", "」", "』", "）"});
  for (bool again = true; again;) {
    again = false;
    for (const std::string_view closing : kClosing) {
      if (!text.ends_with(closing)) continue;
      text.remove_suffix(closing.size());
      again = true;
    }
  }
  static constexpr auto kEnds =
      std::to_array<std::string_view>({".", "!", "?", "…", "。", "！", "？", "।", "؟", "۔"});
  return std::ranges::any_of(kEnds, [&](std::string_view end) { return text.ends_with(end); });
}

}  // namespace graphrail::page
