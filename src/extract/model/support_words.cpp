#include "extract/model/support_words.h"

#include <algorithm>
#include <array>

namespace graphrail::extract::model {

using rules::Document;
using rules::kNone;
using rules::TokenRange;
using namespace rules::literals;

bool refers_to_company(const Document& doc, TokenRange range) {
  for (std::uint32_t i = range.first; i < range.last; ++i) {
    if (doc.name_at[i] != kNone) continue;
    if (doc.has(i, rules::kPronoun) || doc.is(i, "our"_w) || doc.is(i, "its"_w) ||
        doc.is(i, "their"_w) || doc.is(i, "my"_w)) {
      return true;
    }
    if (doc.has(i, rules::kCompanyNoun)) return true;
  }
  return false;
}

std::uint32_t first_word(const SupportText& text, std::string_view label, TokenRange range) {
  constexpr std::size_t kMaxWords = 24;
  for (std::size_t words = 0; !label.empty() && words < kMaxWords; ++words) {
    const std::size_t end = std::min(label.find_first_of(" -/\t\n"), label.size());
    const auto places = text.find(fold_name(label.substr(0, end)), range, 1);
    if (!places.empty()) return places.front().first;
    label.remove_prefix(std::min(end + 1, label.size()));
  }
  return kNone;
}

bool words_in(const SupportText& text, std::string_view label, TokenRange range) {
  constexpr std::size_t kMaxWords = 24;
  constexpr std::size_t kMinStem = 4;
  const Document& doc = text.doc();
  std::size_t words = 0;
  while (!label.empty() && words < kMaxWords) {
    const std::size_t end = std::min(label.find_first_of(" -/\t\n"), label.size());
    const std::string word = fold_name(label.substr(0, end));
    const std::uint64_t classes = rules::classes_of(rules::word_hash(label.substr(0, end)));
    label.remove_prefix(std::min(end + 1, label.size()));
    if (word.empty() || (classes & rules::kFunctionWord) != 0) continue;
    ++words;
    if (!text.find(word, range, 1).empty()) continue;
    if (word.size() < kMinStem) return false;
    // Another ending of the same word: "provider", "providers"; "lending", "lend".
    const std::size_t stem =
        std::max(kMinStem, word.size() - std::min<std::size_t>(3, word.size() / 3));
    bool found = false;
    for (std::uint32_t i = range.first; i < range.last && !found; ++i) {
      if (doc.tokens[i].kind != rules::TokenKind::kWord) continue;
      const std::string token = fold_name(doc.text(i));
      found = token.starts_with(word.substr(0, stem));
    }
    if (!found) return false;
  }
  return words > 0;
}

namespace {

/// "invests in fintech", "investors in climate companies", with the category at `category`: what is
/// done again and again. An article, an amount or one company makes it a single deal.
bool states_habit(const Document& doc, TokenRange range, std::uint32_t category) {
  static constexpr auto kInvesting = std::to_array(
      {"invests"_w, "investing"_w, "invest"_w, "investor"_w, "investors"_w, "investments"_w});
  static constexpr auto kBacking =
      std::to_array({"backs"_w, "backing"_w, "backers"_w, "funds"_w, "supports"_w, "supporting"_w});
  static constexpr auto kOneCompany = std::to_array(
      {"company"_w, "startup"_w, "firm"_w, "platform"_w, "exchange"_w, "provider"_w, "maker"_w,
       "business"_w, "project"_w, "protocol"_w, "browser"_w, "service"_w, "developer"_w});
  constexpr std::uint32_t kReach = 5;
  for (std::uint32_t i = category; i < std::min(category + kReach, range.last); ++i) {
    const auto& one = doc.tokens[i].hash;
    if (std::ranges::find(kOneCompany, one) != kOneCompany.end()) return false;
  }
  for (std::uint32_t i = category; i-- > range.first && category - i <= kReach;) {
    if (doc.is(i, "a"_w) || doc.is(i, "an"_w) || doc.money_at[i] != kNone) return false;
    if (doc.name_at[i] != kNone) continue;
    const std::uint64_t hash = doc.tokens[i].hash;
    if (std::ranges::find(kBacking, hash) != kBacking.end()) return true;
    const bool invests = std::ranges::find(kInvesting, hash) != kInvesting.end();
    if (invests && doc.is(i + 1, "in"_w)) return true;
  }
  return false;
}

}  // namespace

bool states_focus(const SupportText& text, TokenRange range, std::uint32_t category) {
  static constexpr auto kFocus = std::to_array(
      {"focus"_w,        "focuses"_w,     "focused"_w,      "focusing"_w,     "focussed"_w,
       "specialises"_w,  "specializes"_w, "specialising"_w, "specializing"_w, "specialised"_w,
       "specialized"_w,  "specialist"_w,  "dedicated"_w,    "thesis"_w,       "mandate"_w,
       "concentrates"_w, "targets"_w,     "targeting"_w,    "sector"_w,       "sectors"_w,
       "devoted"_w});
  const Document& doc = text.doc();
  const auto is_any = [&doc](std::uint32_t at, const auto& words) {
    return doc.name_at[at] == kNone && std::ranges::find(words, doc.tokens[at].hash) != words.end();
  };
  for (std::uint32_t i = range.first; i < range.last; ++i) {
    const std::string_view word = doc.text(i);
    if (is_any(i, kFocus) || word.ends_with("-focused") || word.ends_with("-focussed")) return true;
  }
  return category != kNone && states_habit(doc, range, category);
}

}  // namespace graphrail::extract::model
