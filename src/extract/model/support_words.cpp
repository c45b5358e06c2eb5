#include "extract/model/support_words.h"

#include <algorithm>

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

}  // namespace graphrail::extract::model
