#include "extract/rules/narrative_rules.h"

#include <algorithm>

namespace graphrail::extract::rules {
namespace {

constexpr std::uint32_t kLongestPhrase = 9;

class NarrativeRules {
 public:
  NarrativeRules(const Document& doc, Facts& facts) : doc_(doc), facts_(facts) {}

  void run() {
    for (std::uint32_t n = 0; n < doc_.names.size(); ++n) {
      if (doc_.names[n].person) continue;
      defined(n);
      focused(n);
    }
  }

 private:
  std::uint32_t end_of_sentence(std::uint32_t n) const {
    return doc_.sentences[doc_.names[n].sentence].last;
  }

  /// The noun phrase from `i` on; empty when it has no company noun or runs too long.
  TokenRange phrase(std::uint32_t i, std::uint32_t last) const {
    TokenRange range{i, i};
    bool company = false;
    for (; i < last && i - range.first < kLongestPhrase; ++i) {
      if (doc_.tokens[i].kind != TokenKind::kWord) break;
      if (doc_.has(i, kPreposition | kConjunction | kPronoun | kAuxiliary) &&
          !doc_.is(i, "and"_w)) {
        break;
      }
      if (doc_.is(i, "and"_w) && company) break;
      if (doc_.has(i, kVerb) && !doc_.has(i, kCommonNoun | kCompanyNoun) && company) break;
      company = company || doc_.has(i, kCompanyNoun);
      if (doc_.has(i, kCompanyNoun)) range.last = i + 1;
    }
    const bool enough =
        company && range.last - range.first >= 2 && range.last - range.first < kLongestPhrase;
    return enough ? range : TokenRange{range.first, range.first};
  }

  void add(std::uint32_t n, TokenRange range, bool focus) {
    if (range.first >= range.last) return;
    facts_.classifications.push_back({.name = n,
                                      .phrase = range,
                                      .focus = focus,
                                      .evidence = {std::min(doc_.names[n].first, range.first),
                                                   std::max(doc_.names[n].last, range.last)}});
  }

  /// "X, a bitcoin exchange" and "X is an open-source database".
  void defined(std::uint32_t n) {
    const std::uint32_t last = end_of_sentence(n);
    std::uint32_t i = doc_.names[n].last;
    if (!doc_.symbol(i, ',') && !doc_.is(i, "is"_w)) return;
    ++i;
    if (!doc_.is(i, "a"_w) && !doc_.is(i, "an"_w) && !doc_.is(i, "the"_w)) return;
    ++i;
    while (i < last && doc_.has(i, kModifier | kAdverb) && !doc_.has(i, kCompanyNoun)) ++i;
    add(n, phrase(i, last), false);
  }

  /// "X, a fund focused on climate technology", "X invests in early-stage robotics startups".
  void focused(std::uint32_t n) {
    const std::uint32_t last = std::min(end_of_sentence(n), doc_.names[n].last + 14);
    for (std::uint32_t i = doc_.names[n].last; i + 2 < last; ++i) {
      if (doc_.name_at[i] != kNone) return;
      const bool focus =
          (doc_.has(i, kVerb) || doc_.is(i, "focuses"_w) || doc_.is(i, "-focused"_w)) &&
          (doc_.is(i, "focused"_w) || doc_.is(i, "focuses"_w)) && doc_.is(i + 1, "on"_w);
      const bool invests =
          (doc_.is(i, "invests"_w) || doc_.is(i, "investing"_w)) && doc_.is(i + 1, "in"_w);
      if (!focus && !invests) continue;
      TokenRange range{i + 2, i + 2};
      while (range.last < last && range.last - range.first < 6 &&
             doc_.tokens[range.last].kind == TokenKind::kWord && doc_.lower_word(range.last) &&
             !doc_.has(range.last, kFunctionWord)) {
        ++range.last;
      }
      add(n, range, true);
      return;
    }
  }

  const Document& doc_;
  Facts& facts_;
};

}  // namespace

void find_narratives(const Document& doc, Facts& facts) { NarrativeRules(doc, facts).run(); }

}  // namespace graphrail::extract::rules
