#include "extract/rules/name_grammar.h"

#include <algorithm>
#include <array>

namespace graphrail::extract::rules {
namespace {

constexpr std::uint64_t kHeadlineWord =
    kFunctionWord | kVerb | kAnnounce | kRaise | kWeakRaise | kInvest | kLead | kParticipate |
    kRoundNoun | kInvestorNoun | kCompanyNoun | kAdjective | kCommonNoun | kHedge | kDemonym |
    kTime | kMonth | kRole | kMoneyTrap | kQuantity | kPlace | kMagnitude;

/// Role words that also open names of firms: General Harbor, Founders Club.
bool opens_firm_name(std::uint64_t hash) {
  static constexpr auto kWords = std::to_array(
      {"general"_w, "founders"_w, "founder"_w, "principal"_w, "legend"_w, "star"_w, "angel"_w});
  return std::find(kWords.begin(), kWords.end(), hash) != kWords.end();
}

/// Nouns for people and animals, whose possessive opens names: Monk's Harbor Ventures.
bool opens_possessive(std::uint64_t hash) {
  static constexpr auto kWords =
      std::to_array({"monk"_w,   "king"_w,     "queen"_w,  "bishop"_w,   "knight"_w,  "founder"_w,
                     "angel"_w,  "hunter"_w,   "miller"_w, "shepherd"_w, "builder"_w, "baker"_w,
                     "archer"_w, "farmer"_w,   "devil"_w,  "saint"_w,    "raven"_w,   "crow"_w,
                     "fox"_w,    "lion"_w,     "eagle"_w,  "bear"_w,     "wolf"_w,    "dragon"_w,
                     "giant"_w,  "women"_w,    "men"_w,    "children"_w, "people"_w,  "veteran"_w,
                     "trader"_w, "merchant"_w, "pilot"_w,  "captain"_w,  "sailor"_w,  "traveler"_w,
                     "author"_w, "artist"_w,   "maker"_w,  "mother"_w,   "father"_w,  "brother"_w});
  return std::find(kWords.begin(), kWords.end(), hash) != kWords.end();
}

/// Adverbs that open names when capitalised within a sentence: First Harbor, Together Labs.
bool opens_as_adverb(std::uint64_t hash) {
  static constexpr auto kWords =
      std::to_array({"first"_w, "further"_w, "together"_w, "once"_w, "well"_w});
  return std::find(kWords.begin(), kWords.end(), hash) != kWords.end();
}

}  // namespace

bool NameGrammar::taken(std::uint32_t i) const {
  return doc_.money_at[i] != kNone || doc_.stage_at[i] != kNone;
}

bool NameGrammar::name_word(std::uint32_t i) const {
  const Token& token = doc_.tokens[i];
  if (token.kind != TokenKind::kWord || taken(i)) return false;
  if (token.name_shape) return (token.classes & kFunctionWord) == 0;
  if (!token.capital) return false;
  if (firm_next(i) || adverb_of_name(i)) return true;
  if ((token.classes & kMonth) != 0) {
    const bool surname = i > 0 && doc_.has(i - 1, kGivenName) && doc_.tokens[i - 1].capital;
    return (token.classes & kGivenName) != 0 &&
           (surname || (i + 1 < doc_.tokens.size() && doc_.tokens[i + 1].capital));
  }
  return (token.classes & (kFunctionWord | kMonth | kModifier)) == 0 &&
         ((token.classes & kTime) == 0);
}

/// "from First Harbor": within a sentence and before another capital the adverb is a name's.
bool NameGrammar::adverb_of_name(std::uint32_t i) const {
  if (!opens_as_adverb(doc_.tokens[i].hash) || i == 0 || i + 1 >= doc_.tokens.size()) return false;
  const Token& next = doc_.tokens[i + 1];
  if (!next.capital || taken(i + 1) || (next.classes & kFunctionWord) != 0) return false;
  const Token& before = doc_.tokens[i - 1];
  const bool inside = doc_.symbol(i - 1, ',') || doc_.lower_word(i - 1);
  return inside && before.block == doc_.tokens[i].block;
}

/// "August Capital" and "First Round Capital" are names, whatever their first word is.
bool NameGrammar::firm_next(std::uint32_t i) const {
  if (doc_.has(i, kDeterminer | kPreposition | kPronoun | kConjunction | kAuxiliary | kModifier)) {
    return false;
  }
  for (std::uint32_t k = i + 1; k < std::min<std::size_t>(i + 3, doc_.tokens.size()); ++k) {
    if (!doc_.tokens[k].capital || taken(k)) return false;
    if (doc_.has(k, kFundNoun))
      return !doc_.has(k, kRole) || k + 1 >= doc_.tokens.size() || !doc_.tokens[k + 1].capital;
  }
  return false;
}

bool NameGrammar::role_break(std::uint32_t i, std::uint32_t last, bool first_word) const {
  if (!doc_.has(i, kRole)) return false;
  const bool next_capital = i + 1 < last && doc_.tokens[i + 1].capital;
  const bool third_capital = i + 2 < last && doc_.tokens[i + 2].capital;
  // "GP Harborfield" and "the Oslo Founders Pool": a single word behind is no person.
  const bool single = next_capital && !third_capital && !doc_.has(i + 1, kGivenName | kRole);
  if (single && first_word && doc_.text(i) == "GP") return false;
  if (single && !first_word && doc_.is(i, "founders"_w)) return false;
  if (doc_.has(i, kFirmNoun) && !first_word) {
    return next_capital && doc_.has(i + 1, kGivenName);
  }
  // "Orient Star Holdings": inside a firm's name.
  if (!first_word && opens_firm_name(doc_.tokens[i].hash) && next_capital &&
      doc_.has(i + 1, kFirmNoun) && !doc_.has(i + 1, kRole)) {
    return false;
  }
  if (first_word && opens_firm_name(doc_.tokens[i].hash) && next_capital) {
    if (doc_.has(i, kFounder) && founder_of_name(i, last)) return true;
    return doc_.has(i + 1, kGivenName) || (doc_.has(i + 1, kRole) && !doc_.has(i + 1, kFirmNoun));
  }
  return true;
}

/// "Founder Jane Roe says": a role and a name, unlike "Founders Fund" and "Founder Collective".
bool NameGrammar::founder_of_name(std::uint32_t i, std::uint32_t last) const {
  std::uint32_t end = i + 1;
  while (end < last && end - i < 5 && doc_.tokens[end].capital && name_word(end)) ++end;
  return end - i >= 3 && !doc_.has(end - 1, kFirmNoun | kLegalSuffix);
}

bool NameGrammar::verb_break(std::uint32_t i) const {
  // "from Acme Invest.": nothing follows that the word could be a verb of.
  const bool bare = doc_.has(i, kInvest) && !doc_.text(i).ends_with("s");
  if (bare && (i + 1 >= doc_.tokens.size() || doc_.symbol(i + 1, '.') || doc_.symbol(i + 1, ',') ||
               doc_.symbol(i + 1, ')') || doc_.has(i + 1, kConjunction))) {
    return false;
  }
  return doc_.has(i, kAnnounce | kRaise | kWeakRaise | kInvest) && !doc_.has(i + 1, kFirmNoun);
}

std::uint32_t NameGrammar::run_end(std::uint32_t i, std::uint32_t last) const {
  std::uint32_t end = i + 1;
  while (end < last && end - i < kLongestName) {
    const std::uint32_t next = joined(i, end, last);
    if (next == end) break;
    end = next;
  }
  if (end + 1 < last && doc_.symbol(end, ',') && legal_suffix(end + 1)) end += 2;
  return end;
}

bool NameGrammar::legal_suffix(std::uint32_t i) const {
  return doc_.tokens[i].capital && doc_.has(i, kLegalSuffix);
}

/// Extends a run that covers [first, end) by one word with its connector, or returns `end`.
std::uint32_t NameGrammar::joined(std::uint32_t first, std::uint32_t end,
                                  std::uint32_t last) const {
  if (doc_.tokens[end].block != doc_.tokens[first].block) return end;
  if (name_word(end) && doc_.tokens[end].capital) {
    if (role_break(end, last, false) || verb_break(end)) return end;
    // "The Acme Team".
    if (doc_.is(end, "team"_w) && first > 0 && doc_.is(first - 1, "the"_w)) return end;
    return end + 1;
  }
  // "Acme Plus": in running text the conjunction has no capital.
  const bool plus = doc_.is(end, "plus"_w) && doc_.tokens[end].capital;
  if (closing_pronoun(end) || plus) return end + 1;
  const bool possessive = end - first == 1 && doc_.is(end, "'s"_w) && doc_.tokens[first].capital &&
                          opens_possessive(doc_.tokens[first].hash);
  if (possessive && end + 1 < last && name_word(end + 1) && doc_.tokens[end + 1].capital) {
    return end + 2;
  }
  if (numbered(first, end, last)) return end + 1;
  if (end + 1 >= last || !name_word(end + 1)) return end;
  // "Harbor 2 Ventures".
  if (doc_.tokens[end].kind == TokenKind::kNumber && !taken(end) &&
      doc_.tokens[end].end - doc_.tokens[end].begin <= 4 && doc_.has(end + 1, kFundNoun)) {
    return end + 2;
  }
  const Token& next = doc_.tokens[end + 1];
  if (!next.capital || role_break(end + 1, last, false)) return end;
  // "Harbor & Quay Ventures" is one name, "Harbor Ventures & Quay Ventures" are two.
  if (doc_.symbol(end, '&')) {
    const bool apart =
        (doc_.has(end - 1, kFundNoun) && !corporation(end)) || two_people(first, end, last);
    return apart ? end : end + 2;
  }
  const std::uint32_t before = end - 1;
  // "Past/Present Ventures": glued together and a firm's noun behind.
  if (doc_.symbol(end, '/') && !doc_.tokens[end].space_before && !next.space_before &&
      doc_.has(end + 2, kFundNoun) && doc_.tokens[end + 2].capital) {
    return end + 2;
  }
  if (doc_.symbol(end, '.') && !doc_.tokens[end].space_before &&
      doc_.tokens[before].end - doc_.tokens[before].begin == 1) {
    return end + 2;
  }
  if (doc_.has(end, kNameParticle) && doc_.lower_word(end)) return end + 2;
  if (doc_.is(end, "of"_w) && institution(before)) return end + 2;
  if (doc_.is(end, "and"_w) && couple(first, end, last)) return end + 2;
  return end;
}

/// "Harborside 9," in a list: an unknown word and a small number that nothing is counted by.
bool NameGrammar::numbered(std::uint32_t first, std::uint32_t end, std::uint32_t last) const {
  const Token& number = doc_.tokens[end];
  if (number.kind != TokenKind::kNumber || taken(end) || number.end - number.begin > 2)
    return false;
  if (end - first != 1 || doc_.tokens[first].classes != 0 || !number.space_before) return false;
  return end + 1 >= last || doc_.symbol(end + 1, ',') || doc_.symbol(end + 1, '.') ||
         doc_.is(end + 1, "and"_w);
}

/// "Urban Us": a pronoun capitalised in the middle of a sentence, without a verb of its own.
bool NameGrammar::closing_pronoun(std::uint32_t i) const {
  if (!doc_.has(i, kPronoun) || !doc_.tokens[i].capital || taken(i)) return false;
  const std::string_view word = doc_.text(i);
  if (word.size() < 2 || word[1] < 'a' || word[1] > 'z') return false;
  if (i + 1 >= doc_.tokens.size()) return true;
  if (doc_.tokens[i + 1].kind != TokenKind::kWord) return !doc_.is(i + 1, "'s"_w);
  return doc_.has(i + 1, kConjunction | kPreposition | kLead | kParticipate | kInvest);
}

/// "Harbor Trust & Clearing Corporation": what stands behind the sign is half a name only.
bool NameGrammar::corporation(std::uint32_t sign) const {
  const std::uint32_t tail = sign + 2;
  if (tail >= doc_.tokens.size() || !doc_.tokens[tail].capital) return false;
  if (!doc_.has(tail, kLegalSuffix) || doc_.has(sign + 1, kFirmNoun)) return false;
  return doc_.is(sign - 1, "trust"_w) || doc_.is(sign - 1, "bank"_w);
}

/// "Jane Roe & Max Moe": two words on both sides, and no firm's last word; "Jane & Max".
bool NameGrammar::two_people(std::uint32_t first, std::uint32_t end, std::uint32_t last) const {
  if (end - first == 1 && doc_.has(first, kGivenName) && doc_.has(end + 1, kGivenName)) {
    return end + 2 >= last || !doc_.tokens[end + 2].capital;
  }
  if (end - first != 2 || end + 2 >= doc_.tokens.size() || end + 2 >= last) return false;
  if (!name_word(end + 2) || !doc_.tokens[end + 2].capital) return false;
  const bool longer = end + 3 < last && name_word(end + 3) && doc_.tokens[end + 3].capital &&
                      !doc_.has(end + 3, kRole);
  return !longer && !doc_.has(end + 2, kFirmNoun | kLegalSuffix);
}

bool NameGrammar::institution(std::uint32_t i) const {
  static constexpr auto kWords =
      std::to_array({"bank"_w, "university"_w, "house"_w, "institute"_w, "school"_w, "college"_w,
                     "ministry"_w, "department"_w, "republic"_w, "association"_w});
  return std::find(kWords.begin(), kWords.end(), doc_.tokens[i].hash) != kWords.end();
}

/// "Gary and Ann Stone Health Fund": one given name, and, a run ending as a firm.
bool NameGrammar::couple(std::uint32_t first, std::uint32_t end, std::uint32_t last) const {
  if (end - first != 1 || !doc_.has(first, kGivenName) || !doc_.has(end + 1, kGivenName)) {
    return false;
  }
  std::uint32_t tail = end + 1;
  while (tail < last && tail - end < kLongestName && name_word(tail) && doc_.tokens[tail].capital) {
    ++tail;
  }
  return tail - end > 3 && doc_.has(tail - 1, kFirmNoun);
}

/// "the blockchain startup Chain": a common word, capitalised right after what it is.
bool NameGrammar::introduced(std::uint32_t i, bool headline) const {
  return !headline && i > 0 && doc_.lower_word(i - 1) && doc_.has(i - 1, kCompanyNoun) &&
         doc_.tokens[i].block == doc_.tokens[i - 1].block &&
         !doc_.has(i, kRole | kPlace | kDemonym | kFunctionWord);
}

/// Words that are capitalised for their place or their kind, not because they name something.
bool NameGrammar::plain_words(std::uint32_t first, std::uint32_t last, bool headline) const {
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
  if (last - first == 1) return !introduced(first, headline);
  if ((common & (kRole | kPlace | kCommonNoun)) != 0) return true;
  if (headline) return !doc_.has(last - 1, kFirmNoun);
  return doc_.has(last - 1, kGenericHead) && !doc_.has(last - 1, kFirmNoun);
}

std::uint32_t NameGrammar::after_dateline(const Sentence& sentence) const {
  constexpr std::uint32_t kLongest = 18;
  const std::uint32_t first = sentence.first;
  const std::string_view word = doc_.text(first);
  const auto upper = [](std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  };
  const bool two =
      first + 1 < sentence.last && doc_.text(first + 1).size() > 3 && upper(doc_.text(first + 1));
  const bool shout = (word.size() > 3 || two) && upper(word);
  bool dated = shout || doc_.has(first, kPlace) || doc_.symbol(first, '(');
  for (std::uint32_t i = first; i < std::min(first + kLongest, sentence.last); ++i) {
    if (doc_.symbol(i, '-') && doc_.tokens[i].space_before && i > first) {
      return dated ? i + 1 : first;
    }
    if (doc_.symbol(i, ':') && i > first + 2 && dated && doc_.has(first, kPlace)) return i + 1;
    if (doc_.has(i, kMonth) && doc_.tokens[i].capital) dated = true;
    if (doc_.lower_word(i) && !doc_.has(i, kPreposition)) return first;
  }
  return first;
}

bool NameGrammar::opener(std::uint32_t i) const {
  return doc_.has(i, kVerb | kAnnounce | kRaise | kCompanyNoun | kHedge | kPlace | kDemonym |
                         kInvest | kWeakRaise | kParticipate | kInvestorNoun) &&
         !doc_.has(i + 1, kFirmNoun) && !doc_.has(i, kGivenName);
}

bool NameGrammar::accept(std::uint32_t first, std::uint32_t end, bool at_start,
                         bool headline) const {
  const bool surname = end - first == 2 && doc_.has(first, kGivenName);
  if (plain_words(first, end, headline)) return false;
  if (doc_.has(end - 1, kDemonym) && !surname) return false;
  if (end < doc_.tokens.size()) {
    static constexpr auto kPlaceSuffixes =
        std::to_array({"-based"_w, "-headquartered"_w, "-born"_w, "-listed"_w, "-native"_w,
                       "-style"_w, "-alum"_w, "-alumnus"_w, "-alumna"_w, "-like"_w, "-affiliated"_w,
                       "-linked"_w, "-owned"_w, "-controlled"_w});
    const std::uint64_t next = doc_.tokens[end].hash;
    if (std::find(kPlaceSuffixes.begin(), kPlaceSuffixes.end(), next) != kPlaceSuffixes.end()) {
      return false;
    }
  }
  if (spelled_out(first, end) || origin(first, end) || place(first, end)) return false;
  if (origin_of_kind(first, end)) return false;
  // "Domain registry Acme": the first word only opens the sentence.
  return !(at_start && end - first == 1 && !doc_.tokens[first].name_shape &&
           doc_.has(end, kCompanyNoun) && doc_.lower_word(end));
}

/// "Slovenian exchange Acme": an adjective of origin by its ending and what follows.
bool NameGrammar::origin(std::uint32_t first, std::uint32_t end) const {
  if (end - first != 1 || end + 1 >= doc_.tokens.size() || !doc_.lower_word(end)) return false;
  const std::string_view word = doc_.text(first);
  const bool ending = word.ends_with("ian") || word.ends_with("ish") || word.ends_with("ese") ||
                      word.ends_with("ean") || word.ends_with("ican");
  return ending && doc_.has(end, kCompanyNoun | kAdjective | kCommonNoun | kInvestorNoun |
                                     kRoundNoun | kFirmNoun);
}

/// Cities and countries of two words, alone.
bool NameGrammar::place(std::uint32_t first, std::uint32_t end) const {
  static constexpr auto kPlaces = std::to_array<std::array<std::uint64_t, 2>>(
      {{"new"_w, "york"_w},      {"san"_w, "francisco"_w},  {"san"_w, "jose"_w},
       {"san"_w, "diego"_w},     {"san"_w, "mateo"_w},      {"los"_w, "angeles"_w},
       {"las"_w, "vegas"_w},     {"hong"_w, "kong"_w},      {"tel"_w, "aviv"_w},
       {"cape"_w, "town"_w},     {"palo"_w, "alto"_w},      {"menlo"_w, "park"_w},
       {"mountain"_w, "view"_w}, {"silicon"_w, "valley"_w}, {"wall"_w, "street"_w},
       {"united"_w, "states"_w}, {"united"_w, "kingdom"_w}, {"south"_w, "africa"_w},
       {"south"_w, "korea"_w},   {"new"_w, "zealand"_w},    {"kuala"_w, "lumpur"_w},
       {"buenos"_w, "aires"_w},  {"mexico"_w, "city"_w},    {"abu"_w, "dhabi"_w},
       {"north"_w, "america"_w}, {"latin"_w, "america"_w},  {"southeast"_w, "asia"_w}});
  if (end - first != 2) return false;
  return std::any_of(kPlaces.begin(), kPlaces.end(), [&](const auto& place) {
    return doc_.is(first, place[0]) && doc_.is(first + 1, place[1]);
  });
}

/// "French VC firm Acme": where and what the firm is, not its name.
bool NameGrammar::origin_of_kind(std::uint32_t first, std::uint32_t end) const {
  if (end >= doc_.tokens.size() || !doc_.lower_word(end)) return false;
  if (!doc_.has(end, kInvestorNoun | kFirmNoun | kCompanyNoun)) return false;
  for (std::uint32_t i = first; i < end; ++i) {
    const bool place = i == first && doc_.has(i, kDemonym | kPlace);
    if (!place && !doc_.has(i, kInvestorNoun | kRoundNoun)) return false;
  }
  return true;
}

/// "over-the-counter (OTC)": the short form of common words is no name.
bool NameGrammar::spelled_out(std::uint32_t first, std::uint32_t end) const {
  if (end - first != 1 || first < 2 || !doc_.symbol(first - 1, '(')) return false;
  return doc_.symbol(end, ')') && doc_.tokens[first - 2].kind == TokenKind::kWord &&
         doc_.lower_word(first - 2) && !doc_.tokens[first - 2].name_shape;
}

bool NameGrammar::headline_word(std::uint32_t i, bool first_word) const {
  const Token& token = doc_.tokens[i];
  if (token.kind != TokenKind::kWord || taken(i)) return false;
  if (!token.capital && !token.name_shape) return false;
  if ((token.classes & kFirmNoun) != 0 && !first_word) {
    return (token.classes & kFunctionWord) == 0;
  }
  return (token.classes & kHeadlineWord) == 0;
}

std::uint32_t NameGrammar::before_publisher(const Sentence& sentence) const {
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

std::uint32_t NameGrammar::numbered_end(std::uint32_t i, std::uint32_t last) const {
  const Token& token = doc_.tokens[i];
  if (token.kind != TokenKind::kNumber || taken(i) || token.end - token.begin > 4 ||
      i + 1 >= last || !doc_.tokens[i + 1].capital || !doc_.has(i + 1, kFirmNoun | kLegalSuffix)) {
    return i;
  }
  std::uint32_t end = i + 1;
  while (end < last && end - i < kLongestName && name_word(end) &&
         doc_.has(end, kFirmNoun | kLegalSuffix)) {
    ++end;
  }
  return end > i + 1 ? end : i;
}

}  // namespace graphrail::extract::rules
