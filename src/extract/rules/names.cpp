#include "extract/rules/names.h"

#include <algorithm>
#include <array>
#include <unordered_map>

namespace graphrail::extract::rules {
namespace {

constexpr std::uint32_t kLongestName = 12;
constexpr std::size_t kKnownPerWord = 6;

constexpr std::uint64_t kHeadlineWord =
    kFunctionWord | kVerb | kAnnounce | kRaise | kWeakRaise | kInvest | kLead | kParticipate |
    kRoundNoun | kInvestorNoun | kCompanyNoun | kAdjective | kCommonNoun | kHedge | kDemonym |
    kTime | kMonth | kRole | kMoneyTrap | kQuantity | kPlace | kMagnitude;

/// Role words that also open names of firms: General Catalyst, Founders Fund.
bool opens_firm_name(std::uint64_t hash) {
  static constexpr auto kWords = std::to_array(
      {"general"_w, "founders"_w, "founder"_w, "principal"_w, "legend"_w, "star"_w, "angel"_w});
  return std::find(kWords.begin(), kWords.end(), hash) != kWords.end();
}

class NameFinder {
 public:
  explicit NameFinder(Document& doc) : doc_(doc) {}

  void run() {
    for (std::uint32_t s = 0; s < doc_.sentences.size(); ++s) {
      if (!doc_.sentences[s].title_case) running_text(s);
    }
    remember_known();
    for (std::uint32_t s = 0; s < doc_.sentences.size(); ++s) {
      if (doc_.sentences[s].title_case) headline(s);
    }
    number_by_position();
  }

 private:
  bool taken(std::uint32_t i) const {
    return doc_.money_at[i] != kNone || doc_.stage_at[i] != kNone;
  }

  /// Could token `i` be a word of a name in running text?
  bool name_word(std::uint32_t i) const {
    const Token& token = doc_.tokens[i];
    if (token.kind != TokenKind::kWord || taken(i)) return false;
    if (token.name_shape) return (token.classes & kFunctionWord) == 0;
    if (!token.capital) return false;
    return (token.classes & (kFunctionWord | kMonth | kModifier)) == 0 &&
           ((token.classes & kTime) == 0);
  }

  /// A role word ends a run: "IBM CEO Sam Palmisano" is two names.
  bool role_break(std::uint32_t i, std::uint32_t last, bool first_word) const {
    if (!doc_.has(i, kRole)) return false;
    const bool next_capital = i + 1 < last && doc_.tokens[i + 1].capital;
    if (doc_.has(i, kFirmNoun) && !first_word) {
      return next_capital && doc_.has(i + 1, kGivenName);
    }
    if (first_word && opens_firm_name(doc_.tokens[i].hash) && next_capital) {
      return doc_.has(i + 1, kRole) && !doc_.has(i + 1, kFirmNoun);
    }
    return true;
  }

  bool verb_break(std::uint32_t i) const {
    return doc_.has(i, kAnnounce | kRaise | kInvest) && !doc_.has(i + 1, kFirmNoun);
  }

  /// First token after the run that starts at `i`, within the sentence's `last`.
  std::uint32_t run_end(std::uint32_t i, std::uint32_t last) const {
    std::uint32_t end = i + 1;
    while (end < last && end - i < kLongestName) {
      const std::uint32_t next = joined(i, end, last);
      if (next == end) break;
      end = next;
    }
    if (end + 1 < last && doc_.symbol(end, ',') && legal_suffix(end + 1)) end += 2;
    return end;
  }

  bool legal_suffix(std::uint32_t i) const {
    return doc_.tokens[i].capital && doc_.has(i, kLegalSuffix);
  }

  /// Extends a run that covers [first, end) by one word with its connector, or returns `end`.
  std::uint32_t joined(std::uint32_t first, std::uint32_t end, std::uint32_t last) const {
    if (doc_.tokens[end].block != doc_.tokens[first].block) return end;
    if (name_word(end) && doc_.tokens[end].capital) {
      if (role_break(end, last, false) || verb_break(end)) return end;
      return end + 1;
    }
    if (end + 1 >= last || !name_word(end + 1)) return end;
    const Token& next = doc_.tokens[end + 1];
    if (!next.capital || role_break(end + 1, last, false)) return end;
    if (doc_.symbol(end, '&')) return end + 2;
    const std::uint32_t before = end - 1;
    if (doc_.symbol(end, '.') && !doc_.tokens[end].space_before &&
        doc_.tokens[before].end - doc_.tokens[before].begin == 1) {
      return end + 2;
    }
    if (doc_.has(end, kNameParticle) && doc_.lower_word(end)) return end + 2;
    if (doc_.is(end, "of"_w) && institution(before)) return end + 2;
    if (doc_.is(end, "and"_w) && couple(first, end, last)) return end + 2;
    return end;
  }

  bool institution(std::uint32_t i) const {
    static constexpr auto kWords =
        std::to_array({"bank"_w, "university"_w, "house"_w, "institute"_w, "school"_w, "college"_w,
                       "ministry"_w, "department"_w, "republic"_w, "association"_w});
    return std::find(kWords.begin(), kWords.end(), doc_.tokens[i].hash) != kWords.end();
  }

  /// "Gary and Mary West Health Investment Fund": one given name, and, a run ending as a firm.
  bool couple(std::uint32_t first, std::uint32_t end, std::uint32_t last) const {
    if (end - first != 1 || !doc_.has(first, kGivenName) || !doc_.has(end + 1, kGivenName)) {
      return false;
    }
    std::uint32_t tail = end + 1;
    while (tail < last && tail - end < kLongestName && name_word(tail) &&
           doc_.tokens[tail].capital) {
      ++tail;
    }
    return tail - end > 3 && doc_.has(tail - 1, kFirmNoun);
  }

  /// Words that are capitalised for their place or their kind, not because they name something.
  bool plain_words(std::uint32_t first, std::uint32_t last, bool at_start) const {
    constexpr std::uint64_t kKeeps = kGivenName | kNameParticle | kTopLevelDomain | kAbbreviation;
    std::uint64_t common = ~std::uint64_t{0};
    for (std::uint32_t i = first; i < last; ++i) {
      const std::uint64_t classes = doc_.tokens[i].classes & ~kKeeps;
      if (classes == 0 && doc_.tokens[i].kind == TokenKind::kWord) return false;
      if (doc_.tokens[i].kind == TokenKind::kWord) common &= classes;
    }
    const bool firm = last - first >= 2 && doc_.has(last - 1, kFirmNoun) && !at_start;
    return !firm || (common & (kRole | kPlace)) != 0;
  }

  void running_text(std::uint32_t s) {
    const Sentence& sentence = doc_.sentences[s];
    std::uint32_t i = sentence.first;
    while (i < sentence.last) {
      if (!name_word(i)) {
        i = numbered_name(s, i);
        continue;
      }
      if (role_break(i, sentence.last, true)) {
        ++i;
        continue;
      }
      std::uint32_t first = i;
      const std::uint32_t end = doc_.tokens[i].capital ? run_end(i, sentence.last) : i + 1;
      const bool at_start = first == sentence.first;
      if (at_start && end - first > 1 && opener(first)) ++first;
      if (accept(first, end, at_start)) add(s, first, end);
      i = end;
    }
  }

  /// A common word at the start of a sentence is capitalised by its place: "Startup Foo raised".
  bool opener(std::uint32_t i) const {
    return doc_.has(i, kVerb | kAnnounce | kRaise | kCompanyNoun | kHedge | kPlace | kDemonym |
                           kInvest | kWeakRaise | kParticipate) &&
           !doc_.has(i + 1, kFirmNoun) && !doc_.has(i, kGivenName);
  }

  bool accept(std::uint32_t first, std::uint32_t end, bool at_start) const {
    if (plain_words(first, end, at_start)) return false;
    if (end < doc_.tokens.size()) {
      static constexpr auto kPlaceSuffixes =
          std::to_array({"-based"_w, "-headquartered"_w, "-born"_w, "-listed"_w, "-native"_w});
      const std::uint64_t next = doc_.tokens[end].hash;
      if (std::find(kPlaceSuffixes.begin(), kPlaceSuffixes.end(), next) != kPlaceSuffixes.end()) {
        return false;
      }
    }
    // "Domain registry Donuts": the first word only opens the sentence.
    return !(at_start && end - first == 1 && !doc_.tokens[first].name_shape &&
             doc_.has(end, kCompanyNoun) && doc_.lower_word(end));
  }

  /// "500 Startups": a number that belongs to the name after it.
  std::uint32_t numbered_name(std::uint32_t s, std::uint32_t i) {
    const Token& token = doc_.tokens[i];
    const std::uint32_t last = doc_.sentences[s].last;
    if (token.kind != TokenKind::kNumber || taken(i) || token.end - token.begin > 4 ||
        i + 1 >= last || !doc_.tokens[i + 1].capital || !doc_.has(i + 1, kFirmNoun)) {
      return i + 1;
    }
    std::uint32_t end = i + 1;
    while (end < last && end - i < kLongestName && name_word(end) && doc_.has(end, kFirmNoun)) {
      ++end;
    }
    if (end > i + 1) add(s, i, end);
    return std::max(end, i + 1);
  }

  void add(std::uint32_t s, std::uint32_t first, std::uint32_t last) {
    Name name{.first = first, .last = last, .sentence = s};
    const std::uint32_t size = last - first;
    name.firm = size >= 2 && doc_.has(last - 1, kFirmNoun | kLegalSuffix);
    name.person = size >= 2 && size <= 5 && doc_.has(first, kGivenName) && !name.firm;
    doc_.names.push_back(name);
  }

  void remember_known() {
    for (std::uint32_t n = 0; n < doc_.names.size(); ++n) {
      std::vector<std::uint32_t>& same = known_[doc_.tokens[doc_.names[n].first].hash];
      if (same.size() < kKnownPerWord) same.push_back(n);
    }
  }

  /// End of the longest known name that starts at `i`, or `i`.
  std::uint32_t known_end(std::uint32_t i, std::uint32_t last) const {
    const auto found = known_.find(doc_.tokens[i].hash);
    if (found == known_.end() || doc_.tokens[i].kind != TokenKind::kWord || taken(i)) return i;
    std::uint32_t best = i;
    for (const std::uint32_t n : found->second) {
      const Name& name = doc_.names[n];
      const std::uint32_t size = name.last - name.first;
      if (i + size > last || size <= best - i) continue;
      bool same = true;
      for (std::uint32_t k = 0; k < size && same; ++k) {
        same = doc_.tokens[i + k].hash == doc_.tokens[name.first + k].hash;
      }
      if (same) best = i + size;
    }
    return best;
  }

  bool headline_word(std::uint32_t i, bool first_word) const {
    const Token& token = doc_.tokens[i];
    if (token.kind != TokenKind::kWord || taken(i)) return false;
    if (!token.capital && !token.name_shape) return false;
    if ((token.classes & kFirmNoun) != 0 && !first_word) {
      return (token.classes & kFunctionWord) == 0;
    }
    return (token.classes & kHeadlineWord) == 0;
  }

  void headline(std::uint32_t s) {
    const Sentence& sentence = doc_.sentences[s];
    std::uint32_t i = sentence.first;
    while (i < sentence.last) {
      if (const std::uint32_t known = known_end(i, sentence.last); known > i) {
        add(s, i, known);
        i = known;
        continue;
      }
      if (!headline_word(i, true)) {
        ++i;
        continue;
      }
      std::uint32_t end = i + 1;
      while (end < sentence.last && end - i < kLongestName) {
        if (known_end(end, sentence.last) > end) break;
        if (headline_word(end, false)) {
          ++end;
        } else if (end + 1 < sentence.last && doc_.symbol(end, '&') &&
                   headline_word(end + 1, true)) {
          end += 2;
        } else {
          break;
        }
      }
      const bool descriptor = doc_.has(end, kCompanyNoun | kCommonNoun) && end < sentence.last &&
                              doc_.tokens[end].capital && !doc_.has(end, kVerb);
      if (!descriptor && accept(i, end, false)) add(s, i, end);
      i = end;
    }
  }

  void number_by_position() {
    std::sort(doc_.names.begin(), doc_.names.end(),
              [](const Name& a, const Name& b) { return a.first < b.first; });
    doc_.name_at.assign(doc_.tokens.size(), kNone);
    for (std::uint32_t n = 0; n < doc_.names.size(); ++n) {
      for (std::uint32_t i = doc_.names[n].first; i < doc_.names[n].last; ++i) doc_.name_at[i] = n;
    }
  }

  Document& doc_;
  std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> known_;
};

}  // namespace

void find_names(Document& doc) {
  doc.name_at.assign(doc.tokens.size(), kNone);
  NameFinder(doc).run();
}

}  // namespace graphrail::extract::rules
