#include "extract/rules/party_list.h"

#include <algorithm>
#include <array>

#include "extract/rules/party_words.h"
#include "extract/rules/phrase_table.h"

namespace graphrail::extract::rules {
namespace {

constexpr std::size_t kMostParties = 64;
constexpr std::uint32_t kLongestDescription = 14;
constexpr std::uint32_t kLongestAppositive = 18;

constexpr std::uint64_t kNounClass =
    kRoundNoun | kFirmNoun | kCompanyNoun | kInvestorNoun | kAdjective | kCommonNoun | kRole;
constexpr std::uint64_t kAnyVerb =
    kVerb | kRaise | kWeakRaise | kInvest | kLead | kParticipate | kAnnounce;

constexpr auto kSeparators = std::to_array<PhraseTable<bool>::Row>({{"as well as", true},
                                                                    {"along with", true},
                                                                    {"together with", true},
                                                                    {"alongside", true},
                                                                    {"plus", true},
                                                                    {"and also", true},
                                                                    {"and", true},
                                                                    {"followed by", true},
                                                                    {"in addition to", true},
                                                                    {"and from", true},
                                                                    {"and by", true},
                                                                    {"and with", true}});

const PhraseTable<bool>& separators() {
  static const PhraseTable<bool> table(kSeparators);
  return table;
}

class ListReader {
 public:
  ListReader(const Document& doc, std::uint32_t last, bool angels)
      : doc_(doc), last_(last), angels_(angels) {}

  PartyList read(std::uint32_t i) {
    PartyList list{.parties = {}, .last = i, .unnamed_noun = kNone};
    bool first = true;
    for (unsigned items = 0; items < 2 * kMostParties; ++items) {
      if (list.parties.size() >= kMostParties) break;
      Party party;
      const std::uint32_t after = item(i, party);
      if (after == i) {
        if (first) list.unnamed_noun = noun_;
        const std::uint32_t next = first ? i : past_odd_item(i);
        if (next == i) break;
        i = next;
        continue;
      }
      if (party.name != kNone) {
        if ((!first || comma_) && after < last_ && finite_verb(doc_, after)) break;
        if (!first && doc_.is(after, "'s"_w)) break;
        list.parties.push_back(party);
      } else if (first) {
        list.unnamed_noun = noun_;
      }
      list.last = after;
      first = false;
      const std::uint32_t next = separator(after);
      if (next == after) break;
      i = next;
    }
    return list;
  }

 private:
  /// A word or two that read as no item, with a separator and a name behind them: the list goes on.
  std::uint32_t past_odd_item(std::uint32_t i) {
    constexpr std::uint32_t kLongestOddItem = 3;
    const std::uint32_t end = description(i);
    if (end == i || end - i > kLongestOddItem || end >= last_) return i;
    if (!doc_.symbol(end, ',') && !doc_.is(end, "and"_w)) return i;
    const std::uint32_t next = separator(end);
    return next < last_ && doc_.name_starting(next) != kNone ? next : i;
  }

  /// Reads one item; returns the token after it, or `i` when there is none. A description without
  /// a name ("several angels") is an item without a party.
  std::uint32_t item(std::uint32_t i, Party& party) {
    const std::uint32_t start = description(i);
    std::uint32_t name = start < last_ ? doc_.name_starting(start) : kNone;
    const std::uint32_t described = name == kNone ? kNone : described_by(name);
    if (described != kNone) name = described;
    if (name != kNone && owner_of_investor(name)) return i;
    if (name == kNone) {
      const bool group = start > i && (noun_ != kNone || others_ || capitals(i, start));
      return group ? start : i;
    }
    if (unnamed_person(name)) {
      noun_ = doc_.names[name].last;
      return past_roles(doc_.names[name].last);
    }
    angels_ = angels_ || announces_angels(i, start);
    party.name = name;
    party.angel = described_person_ || (angels_ && !doc_.names[name].firm);
    party.last = doc_.names[name].last;
    std::uint32_t after = possessive(party);
    after = affiliation(party, after);
    after = skip_parenthesis(doc_, past_degree(doc_, after, last_), last_);
    after = post_affiliation(party, after);
    after = appositive(party, after);
    after = past_unit(after);
    if (doc_.names[party.name].person && party.person == kNone) party.angel = true;
    party.last = doc_.names[party.name].last;
    return after;
  }

  /// "the Bergen growth fund Acme": the name that the place in front of a kind describes.
  std::uint32_t described_by(std::uint32_t name) const {
    constexpr std::uint32_t kLongestKind = 4;
    const std::uint32_t first = doc_.names[name].last;
    if (doc_.names[name].firm || doc_.names[name].person) return kNone;
    std::uint32_t i = first;
    while (i < last_ && i - first < kLongestKind && doc_.lower_word(i) &&
           doc_.name_at[i] == kNone && doc_.tokens[i].kind == TokenKind::kWord &&
           !doc_.has(i, kFunctionWord) && describes(i) && !describing_word(doc_, i)) {
      ++i;
    }
    if (i == first || i >= last_ || subsidiary(doc_, i - 1)) return kNone;
    const bool kind = doc_.has(i - 1, kFirmNoun | kInvestorNoun | kCompanyNoun | kFundNoun);
    return kind && !doc_.has(i - 1, kRole) ? doc_.name_starting(i) : kNone;
  }

  std::uint32_t past_roles(std::uint32_t i) const {
    while (i < last_ && doc_.name_at[i] == kNone &&
           (doc_.has(i, kRole | kAdjective) || doc_.symbol(i, '&') ||
            (doc_.is(i, "and"_w) && doc_.has(i + 1, kRole)))) {
      ++i;
    }
    return i;
  }

  /// "from a Bigshop co-founder, ...": someone of the firm, who has no name.
  bool unnamed_person(std::uint32_t name) const {
    const std::uint32_t i = doc_.names[name].last;
    if (doc_.names[name].fund || i >= last_ || !doc_.has(i, kRole)) return false;
    if (doc_.has(i, kFirmNoun | kInvestorNoun | kCompanyNoun) || doc_.name_at[i] != kNone) {
      return false;
    }
    const std::uint32_t end = past_roles(i);
    return end >= last_ || doc_.symbol(end, ',') || doc_.symbol(end, '.') || doc_.is(end, "and"_w);
  }

  /// "and angels including": the rest of the list are persons.
  bool announces_angels(std::uint32_t i, std::uint32_t end) const {
    bool angels = false;
    for (; i < end; ++i) {
      angels = angels || doc_.is(i, "angels"_w) ||
               (doc_.is(i, "angel"_w) && doc_.is(i + 1, "investors"_w));
      const bool such = doc_.is(i, "such"_w) || doc_.is(i, "including"_w) || doc_.is(i, "like"_w) ||
                        (doc_.is(i - 1, "that"_w) && includes(doc_, i));
      if (angels && such) return true;
    }
    return false;
  }

  /// "First Round": words that look like a name without being known as one.
  bool capitals(std::uint32_t i, std::uint32_t end) const {
    while (i < end && doc_.tokens[i].capital) ++i;
    return i == end;
  }

  /// Skips what describes a name before it; stops at the name or at what cannot describe one.
  std::uint32_t description(std::uint32_t i) {
    noun_ = kNone;
    described_person_ = false;
    comma_ = false;
    others_ = false;
    const std::uint32_t begin = i;
    while (i < last_ && i - begin < kLongestDescription && doc_.name_starting(i) == kNone) {
      if (const std::uint32_t colon = announced_people(begin, i); colon != i) return colon;
      if (!describes(i)) break;
      if (others_ && doc_.has(i, kParticipate | kInvest | kLead)) break;
      // "A and its backers include B": a new clause.
      const bool relative = doc_.is(i - 1, "that"_w) || doc_.is(i - 1, "which"_w);
      if (noun_ != kNone && includes(doc_, i) && !relative) break;
      if (new_clause(doc_, i)) break;
      if (doc_.has(i, kInvestorNoun | kFirmNoun | kCompanyNoun)) noun_ = i;
      if (doc_.has(i, kRole) && !doc_.has(i, kFirmNoun | kInvestorNoun)) described_person_ = true;
      if (doc_.is(i, "angel"_w) || doc_.is(i, "angels"_w)) described_person_ = true;
      comma_ = comma_ || doc_.symbol(i, ',');
      others_ = others_ || doc_.is(i, "others"_w) || doc_.is(i, "more"_w);
      if (group_of(doc_, i)) ++i;
      ++i;
    }
    return std::min(i, last_);
  }

  bool describes(std::uint32_t i) const {
    const Token& token = doc_.tokens[i];
    if (token.symbol == '"') return true;
    if (token.symbol == ':' || token.symbol == ',') {
      return i > 0 && (doc_.is(i - 1, "including"_w) || doc_.is(i - 1, "include"_w) ||
                       doc_.has(i - 1, kInvestorNoun));
    }
    if (token.kind == TokenKind::kNumber) {
      return doc_.symbol(i + 1, '-') && doc_.money_at[i] == kNone;
    }
    if (token.symbol == '-' && i > 0) return doc_.tokens[i - 1].kind == TokenKind::kNumber;
    if (token.kind != TokenKind::kWord) return false;
    if (doc_.money_at[i] != kNone) return false;
    if (describing_word(doc_, i) || group_of(doc_, i)) return true;
    if (token.hash == "them"_w && i > 0 && doc_.is(i - 1, "among"_w)) return true;
    if (token.hash == "and"_w && plain_lower(i - 1) && plain_lower(i + 1)) return true;
    if (token.hash == "and"_w)
      return i + 1 < last_ && doc_.has(i + 1, kRole) && doc_.has(i - 1, kRole);
    if ((token.classes & (kPreposition | kConjunction | kPronoun | kAuxiliary)) != 0) return false;
    return (token.classes & kAnyVerb) == 0 || (token.classes & kNounClass) != 0;
  }

  /// "some of the best operators we know: ": the token after the colon, or `i`.
  std::uint32_t announced_people(std::uint32_t begin, std::uint32_t i) {
    constexpr std::uint32_t kLongestClause = 5;
    if (i == begin || !people_noun(doc_, i - 1)) return i;
    std::uint32_t end = i;
    while (end < last_ && end - i < kLongestClause && doc_.lower_word(end)) ++end;
    if (!doc_.symbol(end, ':') || end + 1 >= last_) return i;
    const bool clause = end == i || doc_.has(i, kPronoun | kPreposition);
    if (!clause || doc_.name_starting(end + 1) == kNone) return i;
    described_person_ = true;
    angels_ = true;
    return end + 1;
  }

  bool plain_lower(std::uint32_t i) const {
    return i < last_ && doc_.lower_word(i) && doc_.name_at[i] == kNone &&
           !doc_.has(i, kDeterminer | kPronoun | kPreposition | kAuxiliary);
  }

  /// "an existing Acme investor": the name says whose investor, not who invests.
  bool owner_of_investor(std::uint32_t name) const {
    const std::uint32_t i = doc_.names[name].last;
    return doc_.is(i, "investor"_w) || doc_.is(i, "investors"_w) || doc_.is(i, "backer"_w) ||
           doc_.is(i, "backers"_w) || doc_.is(i, "shareholder"_w);
  }

  /// "Acme Capital's Jane Roe", "Acme's venture arm".
  std::uint32_t possessive(Party& party) const {
    std::uint32_t after = doc_.names[party.name].last;
    if (!doc_.is(after, "'s"_w)) return after;
    std::uint32_t i = after + 1;
    while (i < last_ && i - after < 6 && doc_.name_starting(i) == kNone &&
           doc_.tokens[i].kind == TokenKind::kWord &&
           !doc_.has(i, kPreposition | kConjunction | kPronoun | kAuxiliary)) {
      ++i;
    }
    const std::uint32_t owned = i < last_ ? doc_.name_starting(i) : kNone;
    if (owned == kNone) return i;
    const bool angel = angels_ && !doc_.names[owned].firm;
    if (doc_.names[owned].person && !doc_.names[party.name].person && !angel) {
      party.person = owned;
    } else {
      party.name = owned;
    }
    return doc_.names[owned].last;
  }

  /// "Loomy's next12 unit, B": a common noun that ends the item.
  std::uint32_t past_unit(std::uint32_t i) const {
    if (i + 1 >= last_ || !unit_noun(doc_, i) || doc_.tokens[i].capital) return i;
    return doc_.symbol(i + 1, ',') || doc_.symbol(i + 1, '.') || doc_.is(i + 1, "and"_w) ? i + 1
                                                                                         : i;
  }

  /// "Bigshop CEO Sam Stone": the person invests, the name before the role is an affiliation.
  std::uint32_t affiliation(Party& party, std::uint32_t after) const {
    std::uint32_t i = after;
    bool role = false;
    bool partner = false;
    while (i < last_ && i - after < 7 && doc_.name_starting(i) == kNone) {
      const bool joins =
          role && (doc_.is(i, "and"_w) || doc_.symbol(i, '&') || doc_.symbol(i, ','));
      const bool lead = doc_.is(i, "lead"_w) && i + 1 < last_ && doc_.name_starting(i + 1) != kNone;
      if (doc_.has(i, kRole) || lead || trade(doc_, i)) {
        role = true;
        partner = partner || doc_.is(i, "partner"_w) || doc_.is(i, "principal"_w);
      } else if (!joins && !doc_.has(i, kAdjective)) {
        if (subsidiary(doc_, after)) break;
        return after;
      }
      ++i;
    }
    if (subsidiary(doc_, after) && after + 1 < last_) {
      const std::uint32_t owned = doc_.name_starting(after + 1);
      if (owned != kNone) party.name = owned;
      return owned == kNone ? after : doc_.names[owned].last;
    }
    const std::uint32_t person = i < last_ ? doc_.name_starting(i) : kNone;
    if (!role || person == kNone || doc_.names[person].firm) return after;
    if (const std::uint32_t own = owned_firm(person); own != kNone && !angels_) {
      party.person = person;
      party.name = own;
      party.angel = false;
      return doc_.names[own].last;
    }
    if (partner && !angels_) {
      party.person = person;
      return doc_.names[person].last;
    }
    party.name = person;
    party.angel = true;
    return doc_.names[person].last;
  }

  /// "Bigshop veteran Jane Roe's Acme Capital": the person's firm.
  std::uint32_t owned_firm(std::uint32_t person) const {
    const std::uint32_t i = doc_.names[person].last;
    if (i + 1 >= last_ || !doc_.is(i, "'s"_w)) return kNone;
    const std::uint32_t own = doc_.name_starting(i + 1);
    return own != kNone && doc_.names[own].firm ? own : kNone;
  }

  /// "Jane Roe of Acme Capital": the firm invests unless persons were announced.
  std::uint32_t post_affiliation(Party& party, std::uint32_t after) const {
    if (!doc_.is(after, "of"_w) && !doc_.is(after, "from"_w) && !doc_.is(after, "at"_w)) {
      return after;
    }
    const std::uint32_t at = after + (doc_.is(after + 1, "the"_w) ? 2 : 1);
    const std::uint32_t firm = at < last_ ? doc_.name_starting(at) : kNone;
    if (firm == kNone || doc_.names[party.name].firm) return after;
    const bool fund =
        doc_.names[firm].fund && doc_.names[party.name].last - doc_.names[party.name].first == 2;
    if (!doc_.names[party.name].person && !party.angel && !fund) return after;
    if (!angels_) {
      party.person = party.name;
      party.name = firm;
      party.angel = false;
    }
    return skip_parenthesis(doc_, doc_.names[firm].last, last_);
  }

  /// ", founder of Acme," after a person or ", a Tokyo-based fund," after a firm: skipped, unless
  /// it is the next item. Returns the token where the separator stands.
  std::uint32_t appositive(Party& party, std::uint32_t after) const {
    if (!doc_.symbol(after, ',') && !(doc_.symbol(after, '-') && doc_.tokens[after].space_before)) {
      return after;
    }
    std::uint32_t i = after + 1;
    if (i >= last_) return after;
    if (doc_.is(i, "which"_w) || doc_.is(i, "who"_w) || doc_.is(i, "whose"_w)) {
      return past_clause(i, after);
    }
    const bool article = doc_.is(i, "a"_w) || doc_.is(i, "an"_w) || doc_.is(i, "the"_w);
    if (!article && !doc_.has(i, kRole | kModifier)) return after;
    bool role = false;
    bool partner = false;
    bool plural = false;
    bool examples = false;
    bool of = false;
    std::uint32_t fund = kNone;
    while (i < last_ && i - after < kLongestAppositive) {
      partner = partner || doc_.is(i, "partner"_w) || doc_.is(i, "principal"_w) ||
                doc_.is(i, "managing"_w) || doc_.is(i, "gp"_w);
      const bool several = (plural || examples) && i + 1 < last_ &&
                           doc_.name_starting(i + 1) != kNone && doc_.name_ending(i) != kNone;
      if (doc_.symbol(i, ';') || doc_.symbol(i, '.')) break;
      if (doc_.symbol(i, ',') && !(examples && several)) break;
      if (doc_.is(i, "and"_w) && i + 1 < last_ && !doc_.has(i + 1, kRole) && !several) break;
      plural = plural || doc_.is(i, "founders"_w) || doc_.is(i, "co-founders"_w);
      role = role || doc_.has(i, kRole);
      of = of || doc_.is(i, "of"_w);
      const std::uint32_t name = doc_.name_starting(i);
      if (name == kNone) {
        ++i;
        continue;
      }
      const bool inside = doc_.has(i - 1, kPreposition) || doc_.is(i - 1, "the"_w) ||
                          doc_.symbol(i - 1, '&') || examples || (of && article);
      examples = examples || doc_.is(i - 1, "like"_w) || doc_.is(i - 1, "including"_w) ||
                 (doc_.is(i - 1, "as"_w) && doc_.is(i - 2, "such"_w));
      if (!inside) return after;
      if (fund == kNone && partner && doc_.has(i - 1, kPreposition)) fund = name;
      i = doc_.names[name].last;
    }
    if (role && !doc_.names[party.name].firm && !article) party.angel = true;
    if (fund != kNone && !angels_ && !doc_.names[party.name].firm) {
      party.person = party.name;
      party.name = fund;
      party.angel = false;
    }
    return i;
  }

  /// ", which led the seed round, and B": the comma behind the clause when the list goes on there.
  std::uint32_t past_clause(std::uint32_t i, std::uint32_t after) const {
    const std::uint32_t end = std::min(i + 2 * kLongestAppositive, last_);
    while (i + 1 < end && !doc_.symbol(i, ',') && !doc_.symbol(i, ';')) ++i;
    const bool more = doc_.is(i + 1, "and"_w) || doc_.is(i + 1, "as"_w) || doc_.is(i + 1, "plus"_w);
    return i + 1 < end && (more || next_item(i + 1)) ? i : after;
  }

  /// "…, who led our Series A, B and C": a name with a separator or the sentence's end behind.
  bool next_item(std::uint32_t i) const {
    const std::uint32_t name = i < last_ ? doc_.name_starting(i) : kNone;
    if (name == kNone) return false;
    const std::uint32_t end = doc_.names[name].last;
    return end >= last_ || doc_.symbol(end, ',') || doc_.symbol(end, '.') || doc_.is(end, "and"_w);
  }

  /// First token of the next item after a separator at `i`, or `i`.
  std::uint32_t separator(std::uint32_t i) const {
    std::uint32_t at = i;
    if (doc_.symbol(at, '.') && at > 0 && doc_.has(at - 1, kAbbreviation) && at + 1 < last_) {
      if (!doc_.symbol(at + 1, ',') && !doc_.is(at + 1, "and"_w)) return i;
      i = ++at;
    }
    if (at < last_ && (doc_.symbol(at, ',') || doc_.symbol(at, ';') || doc_.symbol(at, '&') ||
                       doc_.symbol(at, '/'))) {
      ++at;
      // A quotation ends here: "… and Acme," said Roe.
      if (doc_.symbol(at, '"') && !doc_.tokens[at].space_before) return i;
    }
    if (at < last_) {
      if (const auto match = separators().match(doc_, at, last_)) return match->last;
    }
    return at;
  }

  const Document& doc_;
  std::uint32_t last_;
  bool angels_;
  std::uint32_t noun_ = kNone;
  bool described_person_ = false;
  /// The description just read has a comma: "angel investors, Acme".
  bool comma_ = false;
  /// It stands for investors that are not named: "and others".
  bool others_ = false;
};

}  // namespace

PartyList read_party_list(const Document& doc, std::uint32_t i, std::uint32_t last, bool angels) {
  return ListReader(doc, last, angels).read(i);
}

PartyList read_party_list_before(const Document& doc, std::uint32_t first, std::uint32_t end) {
  constexpr std::uint32_t kFarthest = 120;
  constexpr unsigned kMostTries = 8;
  const std::uint32_t floor = end > first + kFarthest ? end - kFarthest : first;
  unsigned tries = 0;
  for (std::uint32_t i = floor; i < end && tries < kMostTries; ++i) {
    const bool start = i == first || doc.is(i - 1, "with"_w) || doc.symbol(i - 1, ':') ||
                       doc.symbol(i - 1, ';') || doc.symbol(i - 1, '-') ||
                       doc.is(i - 1, "while"_w) || doc.is(i - 1, "and"_w) ||
                       doc.symbol(i - 1, ',') || doc.is(i - 1, "that"_w) || doc.is(i - 1, "have"_w);
    if (!start) continue;
    ++tries;
    PartyList list = read_party_list(doc, i, end, false);
    if (list.last == end && !list.parties.empty()) return list;
  }
  return {.parties = {}, .last = end, .unnamed_noun = kNone};
}

std::uint32_t skip_parenthesis(const Document& doc, std::uint32_t i, std::uint32_t last) {
  constexpr std::uint32_t kLongest = 40;
  if (i >= last || !doc.symbol(i, '(')) return i;
  for (std::uint32_t k = i + 1; k < last && k - i < kLongest; ++k) {
    if (doc.symbol(k, ')')) return k + 1;
  }
  return i;
}

bool finite_verb(const Document& doc, std::uint32_t i) {
  if (i >= doc.tokens.size() || doc.tokens[i].kind != TokenKind::kWord) return false;
  if (doc.has(i, kAdverb) && !doc.has(i, kPreposition)) ++i;
  if (i >= doc.tokens.size()) return false;
  if (doc.has(i, kAuxiliary)) return true;
  if (doc.tokens[i].capital || !doc.has(i, kAnyVerb)) return false;
  if (doc.has(i, kRoundNoun | kInvestorNoun | kFirmNoun | kCommonNoun | kRole)) return false;
  return !doc.text(i).ends_with("ing") && !doc.is(i, "based"_w) && !doc.is(i, "backed"_w);
}

}  // namespace graphrail::extract::rules
