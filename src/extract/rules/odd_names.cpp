#include "extract/rules/odd_names.h"

#include <algorithm>
#include <string_view>

namespace graphrail::extract::rules {
namespace {

class OddNames {
 public:
  explicit OddNames(Document& doc) : doc_(doc) {}

  void run() {
    const std::size_t before = doc_.names.size();
    for (std::uint32_t s = 0; s < doc_.sentences.size(); ++s) {
      const Sentence& sentence = doc_.sentences[s];
      if (sentence.title_case) continue;
      for (std::uint32_t i = sentence.first; i < sentence.last; ++i) {
        if (!unknown(i)) continue;
        if (i + 1 < sentence.last && before_fund_noun(i)) {
          opens_firm(s, i);
        } else if (const std::uint32_t end = list_item(sentence, i); end > i) {
          add(s, i, end);
          i = end;
        }
      }
    }
    if (doc_.names.size() != before) renumber();
  }

 private:
  bool unknown(std::uint32_t i) const {
    const Token& token = doc_.tokens[i];
    return token.kind == TokenKind::kWord && token.classes == 0 && doc_.name_at[i] == kNone &&
           doc_.money_at[i] == kNone && doc_.stage_at[i] == kNone && !token.capital &&
           token.end - token.begin > 1 && doc_.text(i).front() != '-';
  }

  bool separator(std::uint32_t i) const {
    return doc_.symbol(i, ',') || doc_.symbol(i, ';') || doc_.is(i, "and"_w);
  }

  /// "btov Partners": the firm's noun is capitalised, its first word is not.
  bool before_fund_noun(std::uint32_t i) const {
    if (!doc_.has(i + 1, kFundNoun) || !doc_.tokens[i + 1].capital || i == 0) return false;
    if (doc_.name_at[i + 1] != kNone && doc_.name_starting(i + 1) == kNone) return false;
    return separator(i - 1) || doc_.has(i - 1, kPreposition | kInvestorNoun | kFirmNoun | kDemonym |
                                                   kAdjective | kModifier);
  }

  void opens_firm(std::uint32_t s, std::uint32_t i) {
    if (const std::uint32_t name = doc_.name_starting(i + 1); name != kNone) {
      doc_.names[name].first = i;
      doc_.names[name].firm = true;
      doc_.names[name].fund = true;
      doc_.name_at[i] = name;
    } else {
      add(s, i, i + 2);
    }
  }

  /// End of an item in lower case between two names, or `i`.
  std::uint32_t list_item(const Sentence& sentence, std::uint32_t i) const {
    if (i < sentence.first + 2 || !separator(i - 1)) return i;
    const std::uint32_t before = separator(i - 2) ? i - 2 : i - 1;
    if (doc_.name_ending(before) == kNone && !doc_.symbol(before - 1, ')')) return i;
    const bool firm = i + 1 < sentence.last && doc_.has(i + 1, kFundNoun);
    if (!firm && !digits(i)) return i;
    const std::uint32_t end = firm ? i + 2 : i + 1;
    if (end >= sentence.last || doc_.symbol(end, '.')) return end;
    if (!separator(end)) return i;
    const std::uint32_t next = separator(end + 1) ? end + 2 : end + 1;
    return doc_.name_starting(next) != kNone ? end : i;
  }

  bool digits(std::uint32_t i) const {
    const std::string_view word = doc_.text(i);
    return std::any_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
  }

  void add(std::uint32_t s, std::uint32_t first, std::uint32_t last) {
    const bool firm = last - first > 1;
    const auto number = static_cast<std::uint32_t>(doc_.names.size());
    doc_.names.push_back({.first = first, .last = last, .sentence = s, .firm = firm, .fund = firm});
    for (std::uint32_t i = first; i < last; ++i) doc_.name_at[i] = number;
  }

  void renumber() {
    std::sort(doc_.names.begin(), doc_.names.end(),
              [](const Name& a, const Name& b) { return a.first < b.first; });
    std::fill(doc_.name_at.begin(), doc_.name_at.end(), kNone);
    for (std::uint32_t n = 0; n < doc_.names.size(); ++n) {
      for (std::uint32_t i = doc_.names[n].first; i < doc_.names[n].last; ++i) doc_.name_at[i] = n;
    }
  }

  Document& doc_;
};

}  // namespace

void find_odd_names(Document& doc) { OddNames(doc).run(); }

}  // namespace graphrail::extract::rules
