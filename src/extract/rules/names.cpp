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
    headline_ = false;
    known_.clear();
    remember_known();
    number_by_position();
    for (Name& name : doc_.names) unglue(name);
  }

 private:
  /// Headings and inserted titles stuck to a sentence: "… Gold Settlement Acme has raised" and
  /// "Acme Paytm led the round of Acme". Words that belong to another known name are cut off.
  void unglue(Name& name) {
    const std::uint32_t before = name.first;
    for (std::uint32_t i = name.first + 2; i < name.last; ++i) {
      if (doc_.has(i - 1, kCompanyNoun | kCommonNoun | kMoneyTrap) && known_elsewhere(i)) {
        name.first = i;
      }
    }
    const Sentence& sentence = doc_.sentences[name.sentence];
    if (name.first == sentence.first && name.last - name.first == 2 && !name.firm &&
        finite_verb_at(name.last) && repeated(name.first, sentence)) {
      ++name.first;
    }
    for (std::uint32_t i = before; i < name.first; ++i) doc_.name_at[i] = kNone;
  }

  bool finite_verb_at(std::uint32_t i) const {
    return i < doc_.tokens.size() && doc_.lower_word(i) &&
           doc_.has(i, kAuxiliary | kAnnounce | kRaise | kLead | kInvest);
  }

  /// A one-word name that starts with this token is known from another place.
  bool known_elsewhere(std::uint32_t i) const {
    const auto found = known_.find(doc_.tokens[i].hash);
    if (found == known_.end()) return false;
    return std::any_of(found->second.begin(), found->second.end(), [&](const TokenRange& known) {
      return known.first != i && known.last - known.first == 1;
    });
  }

  /// The same word is a name of its own later in the sentence.
  bool repeated(std::uint32_t first, const Sentence& sentence) const {
    const std::uint32_t end = std::min(sentence.last, first + 40);
    for (std::uint32_t i = first + 2; i < end; ++i) {
      const std::uint32_t name = doc_.name_starting(i);
      if (name != kNone && doc_.names[name].last == i + 1 &&
          doc_.tokens[i].hash == doc_.tokens[first].hash) {
        return true;
      }
    }
    return false;
  }

  bool taken(std::uint32_t i) const {
    return doc_.money_at[i] != kNone || doc_.stage_at[i] != kNone;
  }

  /// Could token `i` be a word of a name in running text?
  bool name_word(std::uint32_t i) const {
    const Token& token = doc_.tokens[i];
    if (token.kind != TokenKind::kWord || taken(i)) return false;
    if (token.name_shape) return (token.classes & kFunctionWord) == 0;
    if (!token.capital) return false;
    if (firm_next(i)) return true;
    if ((token.classes & kMonth) != 0) {
      return (token.classes & kGivenName) != 0 && i + 1 < doc_.tokens.size() &&
             doc_.tokens[i + 1].capital;
    }
    return (token.classes & (kFunctionWord | kMonth | kModifier)) == 0 &&
           ((token.classes & kTime) == 0);
  }

  /// "August Capital" and "First Round Capital" are names, whatever their first word is.
  bool firm_next(std::uint32_t i) const {
    if (doc_.has(i,
                 kDeterminer | kPreposition | kPronoun | kConjunction | kAuxiliary | kModifier)) {
      return false;
    }
    for (std::uint32_t k = i + 1; k < std::min<std::size_t>(i + 3, doc_.tokens.size()); ++k) {
      if (!doc_.tokens[k].capital || taken(k)) return false;
      if (doc_.has(k, kFundNoun))
        return !doc_.has(k, kRole) || k + 1 >= doc_.tokens.size() || !doc_.tokens[k + 1].capital;
    }
    return false;
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
    return doc_.has(i, kAnnounce | kRaise | kWeakRaise | kInvest) && !doc_.has(i + 1, kFirmNoun);
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
    // "Liquid 2 Ventures".
    if (doc_.tokens[end].kind == TokenKind::kNumber && !taken(end) &&
        doc_.tokens[end].end - doc_.tokens[end].begin <= 4 && doc_.has(end + 1, kFundNoun)) {
      return end + 2;
    }
    const Token& next = doc_.tokens[end + 1];
    if (!next.capital || role_break(end + 1, last, false)) return end;
    // "Lewis & Clark Ventures" is one name, "Susa Ventures & Slow Ventures" are two.
    if (doc_.symbol(end, '&')) return doc_.has(end - 1, kFundNoun) ? end : end + 2;
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

  /// "the blockchain startup Chain": a common word, capitalised right after what it is.
  bool introduced(std::uint32_t i) const {
    return !headline_ && i > 0 && doc_.lower_word(i - 1) && doc_.has(i - 1, kCompanyNoun) &&
           doc_.tokens[i].block == doc_.tokens[i - 1].block &&
           !doc_.has(i, kRole | kPlace | kDemonym | kFunctionWord);
  }

  /// Words that are capitalised for their place or their kind, not because they name something.
  bool plain_words(std::uint32_t first, std::uint32_t last) const {
    constexpr std::uint64_t kKeeps =
        kGivenName | kNameParticle | kTopLevelDomain | kAbbreviation | kMagnitude;
    constexpr std::uint64_t kGenericHead =
        kCompanyNoun | kInvestorNoun | kRoundNoun | kRole | kPlace | kDemonym | kMoneyTrap;
    std::uint64_t common = ~std::uint64_t{0};
    for (std::uint32_t i = first; i < last; ++i) {
      const std::uint64_t classes = doc_.tokens[i].classes & ~kKeeps;
      if (classes == 0 && doc_.tokens[i].kind == TokenKind::kWord) return false;
      if (doc_.tokens[i].kind == TokenKind::kWord) common &= classes;
    }
    if (last - first == 1) return !introduced(first);
    if ((common & (kRole | kPlace | kCommonNoun)) != 0) return true;
    if (headline_) return !doc_.has(last - 1, kFirmNoun);
    return doc_.has(last - 1, kGenericHead) && !doc_.has(last - 1, kFirmNoun);
  }

  void running_text(std::uint32_t s) {
    Sentence sentence = doc_.sentences[s];
    sentence.last = before_publisher(sentence);
    sentence.first = after_dateline(sentence);
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

  /// "PITTSBURGH, PA, March 3 /Wire/ -- Acme": names start after the dateline's dash.
  std::uint32_t after_dateline(const Sentence& sentence) const {
    constexpr std::uint32_t kLongest = 18;
    const std::uint32_t first = sentence.first;
    const std::string_view word = doc_.text(first);
    const bool shout = word.size() > 3 && std::all_of(word.begin(), word.end(),
                                                      [](char c) { return c >= 'A' && c <= 'Z'; });
    bool dated = shout || doc_.has(first, kPlace) || doc_.symbol(first, '(');
    for (std::uint32_t i = first; i < std::min(first + kLongest, sentence.last); ++i) {
      if (doc_.symbol(i, '-') && doc_.tokens[i].space_before && i > first) {
        return dated ? i + 1 : first;
      }
      if (doc_.has(i, kMonth) && doc_.tokens[i].capital) dated = true;
      if (doc_.lower_word(i) && !doc_.has(i, kPreposition)) return first;
    }
    return first;
  }

  /// A common word at the start of a sentence is capitalised by its place: "Startup Foo raised".
  bool opener(std::uint32_t i) const {
    return doc_.has(i, kVerb | kAnnounce | kRaise | kCompanyNoun | kHedge | kPlace | kDemonym |
                           kInvest | kWeakRaise | kParticipate) &&
           !doc_.has(i + 1, kFirmNoun) && !doc_.has(i, kGivenName);
  }

  bool accept(std::uint32_t first, std::uint32_t end, bool at_start) const {
    if (plain_words(first, end) || doc_.has(end - 1, kDemonym)) return false;
    if (end < doc_.tokens.size()) {
      static constexpr auto kPlaceSuffixes =
          std::to_array({"-based"_w, "-headquartered"_w, "-born"_w, "-listed"_w, "-native"_w});
      const std::uint64_t next = doc_.tokens[end].hash;
      if (std::find(kPlaceSuffixes.begin(), kPlaceSuffixes.end(), next) != kPlaceSuffixes.end()) {
        return false;
      }
    }
    if (spelled_out(first, end) || origin(first, end)) return false;
    // "Domain registry Donuts": the first word only opens the sentence.
    return !(at_start && end - first == 1 && !doc_.tokens[first].name_shape &&
             doc_.has(end, kCompanyNoun) && doc_.lower_word(end));
  }

  /// "Slovenian exchange Bitstamp": an adjective of origin by its ending and what follows.
  bool origin(std::uint32_t first, std::uint32_t end) const {
    if (end - first != 1 || end + 1 >= doc_.tokens.size() || !doc_.lower_word(end)) return false;
    const std::string_view word = doc_.text(first);
    const bool ending = word.ends_with("ian") || word.ends_with("ish") || word.ends_with("ese") ||
                        word.ends_with("ean") || word.ends_with("ican");
    return ending && doc_.has(end, kCompanyNoun | kAdjective | kCommonNoun | kInvestorNoun |
                                       kRoundNoun | kFirmNoun);
  }

  /// "over-the-counter (OTC)": the short form of common words is no name.
  bool spelled_out(std::uint32_t first, std::uint32_t end) const {
    if (end - first != 1 || first < 2 || !doc_.symbol(first - 1, '(')) return false;
    return doc_.symbol(end, ')') && doc_.tokens[first - 2].kind == TokenKind::kWord &&
           doc_.lower_word(first - 2) && !doc_.tokens[first - 2].name_shape;
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
    name.fund = size >= 2 && doc_.has(last - 1, kFundNoun);
    name.person = size >= 2 && size <= 5 && doc_.has(first, kGivenName) && !name.firm;
    doc_.names.push_back(name);
  }

  void remember_known() {
    for (const Name& name : doc_.names) {
      std::vector<TokenRange>& same = known_[doc_.tokens[name.first].hash];
      if (same.size() < kKnownPerWord) same.push_back({name.first, name.last});
    }
  }

  /// End of the longest known name that starts at `i`, or `i`.
  std::uint32_t known_end(std::uint32_t i, std::uint32_t last) const {
    const auto found = known_.find(doc_.tokens[i].hash);
    if (found == known_.end() || doc_.tokens[i].kind != TokenKind::kWord || taken(i)) return i;
    std::uint32_t best = i;
    for (const TokenRange& name : found->second) {
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

  /// Where a title's " - Publisher" or " | Publisher" begins, else its end.
  std::uint32_t before_publisher(const Sentence& sentence) const {
    if (sentence.kind != BlockKind::kTitle) return sentence.last;
    const std::uint32_t floor =
        std::max(sentence.first + 3, sentence.last - std::min(sentence.last, 5U));
    for (std::uint32_t i = sentence.last; i > floor; --i) {
      const std::uint32_t k = i - 1;
      if (taken(k) || doc_.has(k, kRaise | kInvest | kLead)) break;
      const bool bar = doc_.symbol(k, '|') || doc_.symbol(k, '-');
      if (bar && doc_.tokens[k].space_before) return k;
    }
    return sentence.last;
  }

  void headline(std::uint32_t s) {
    headline_ = true;
    Sentence sentence = doc_.sentences[s];
    sentence.last = before_publisher(sentence);
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
  bool headline_ = false;
  std::unordered_map<std::uint64_t, std::vector<TokenRange>> known_;
};

}  // namespace

void find_names(Document& doc) {
  doc.name_at.assign(doc.tokens.size(), kNone);
  NameFinder(doc).run();
}

}  // namespace graphrail::extract::rules
