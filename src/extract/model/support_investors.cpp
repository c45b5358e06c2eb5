#include "extract/model/support_investors.h"

#include <algorithm>
#include <array>
#include <optional>

namespace graphrail::extract::model {
namespace {

using rules::Document;
using rules::kNone;
using rules::TokenRange;
using namespace rules::literals;

template <std::size_t N>
bool one_of(const Document& doc, std::uint32_t i, const std::array<std::uint64_t, N>& words) {
  return i < doc.tokens.size() &&
         std::find(words.begin(), words.end(), doc.tokens[i].hash) != words.end();
}

bool other_line(const Document& doc, std::uint32_t token, std::uint32_t next) {
  const std::size_t end = doc.tokens[token].end;
  const std::size_t begin = doc.tokens[next].begin;
  return begin > end && doc.source.substr(end, begin - end).contains('\n');
}

/// "with", "from": whoever follows came along, whatever stands before.
bool is_company(const Document& doc, std::uint32_t i) {
  static constexpr auto kWords = std::to_array(
      {"with"_w, "from"_w, "by"_w, "welcome"_w, "welcomes"_w, "welcomed"_w, "welcoming"_w});
  return one_of(doc, i, kWords);
}

/// Money or a round is spoken of before `i`, and no other verb comes between.
bool funding_before(const SupportText& text, const CueRow& row, std::uint32_t i) {
  const Document& doc = text.doc();
  while (i > row.range.first) {
    --i;
    if (row.at(i) == CueTag::kOther || row.at(i) == CueTag::kStop) return false;
    if (speaks_of_funding(doc, {.first = i, .last = i + 1})) return true;
    if (doc.has(i, rules::kRoundNoun)) return true;
    if (row.at(i) == CueTag::kVerb) {
      return doc.has(i, rules::kRaise | rules::kInvest);
    }
  }
  return false;
}

/// The firm is named to say where a person works: "Nginx co-founder", "Jane Roe of Acme".
bool is_employer(const Document& doc, const CueRow& row, TokenRange mention) {
  const std::uint32_t next = mention.last;
  if (next < row.range.last) {
    if (doc.is(next, "'s"_w) && doc.name_at[std::min(next + 1, row.range.last - 1)] != kNone) {
      return true;
    }
    const std::uint32_t role = doc.symbol(next, '-') ? next + 1 : next;
    if (role < row.range.last && doc.name_at[role] == kNone && !other_line(doc, next - 1, role) &&
        doc.has(role, rules::kFounder | rules::kPartnerRole) &&
        !doc.has(role, rules::kInvestorNoun)) {
      return true;
    }
  }
  if (mention.first < row.range.first + 2) return false;
  const std::uint32_t before = mention.first - 1;
  // "Jane Roe (Acme)", "(co-founder, Acme)".
  if (row.is_aside(mention.first)) {
    if (doc.symbol(before, '(')) return doc.name_at[before - 1] != kNone;
    if (doc.symbol(before, ',')) return doc.has(before - 1, rules::kPartnerRole | rules::kFounder);
  }
  if (!doc.is(before, "of"_w) && !doc.is(before, "at"_w) && !doc.is(before, "from"_w) &&
      !doc.symbol(before, '@')) {
    return false;
  }
  const std::uint32_t name = doc.name_at[before - 1];
  if (name != kNone) return doc.names[name].person || !doc.is(before, "from"_w);
  return doc.has(before - 1, rules::kPartnerRole | rules::kFounder);
}

/// Words that name no investor: "Japanese", "Monday", the "Tokyo" of "Tokyo-based".
bool is_no_party(const Document& doc, TokenRange mention, std::uint32_t last) {
  if (mention.last < last && doc.is(mention.last, "-based"_w)) return true;
  constexpr std::uint64_t kNoName = rules::kDemonym | rules::kPlace | rules::kTime | rules::kMonth;
  for (std::uint32_t i = mention.first; i < mention.last; ++i) {
    if (!doc.has(i, kNoName)) return false;
  }
  return true;
}

/// "... - The Daily News": who wrote the headline.
bool is_byline(const Document& doc, const CueRow& row, TokenRange mention) {
  if (mention.last != row.range.last || mention.first == row.range.first) return false;
  const std::uint32_t before = mention.first - 1;
  const bool dash = doc.symbol(before, '-') && doc.tokens[before].space_before &&
                    doc.tokens[mention.first].space_before;
  if (!dash && doc.text(before) != "|") return false;
  for (std::uint32_t i = row.range.first; i < before; ++i) {
    if (doc.symbol(i, '-') && doc.tokens[i].space_before) return false;
  }
  return true;
}

/// "..., Acme has learned", "Jane Roe told Acme": the source of the news.
bool is_source(const Document& doc, const CueRow& row, TokenRange mention) {
  std::uint32_t i = mention.last;
  while (i < row.range.last && doc.has(i, rules::kAuxiliary)) ++i;
  if (i >= row.range.last || doc.name_at[i] != kNone) return false;
  const bool tells = doc.is(i, "told"_w) || doc.is(i, "learned"_w) || doc.is(i, "learnt"_w) ||
                     (row.at(i) == CueTag::kSay && i + 2 >= row.range.last);
  return tells;
}

/// "the arm of Acme", "Acme subsidiary Beta": somebody else of the family acts.
bool is_parent(const Document& doc, const CueRow& row, TokenRange mention) {
  static constexpr auto kParts = std::to_array(
      {"arm"_w, "unit"_w, "subsidiary"_w, "affiliate"_w, "division"_w, "spinoff"_w, "spin-off"_w});
  if (mention.last < row.range.last && one_of(doc, mention.last, kParts)) return true;
  const std::uint32_t first = mention.first;
  return first > row.range.first + 1 && doc.is(first - 1, "of"_w) && one_of(doc, first - 2, kParts);
}

/// The mention is the beginning of a longer name, or what another investor is an investor of.
bool is_part_of_other(const Document& doc, const CueRow& row, TokenRange mention) {
  if (mention.last >= row.range.last) return false;
  const std::uint32_t name = doc.name_at[mention.last - 1];
  const bool longer = name != kNone && doc.names[name].last > mention.last &&
                      doc.has(mention.last, rules::kFirmNoun | rules::kLegalSuffix) == false &&
                      doc.tokens[mention.last].kind == rules::TokenKind::kWord;
  if (longer && !doc.is(mention.last, "'s"_w)) {
    return !other_line(doc, mention.last - 1, mention.last);
  }
  return mention.first > row.range.first &&
         (doc.has(mention.first - 1, rules::kModifier) ||
          doc.has(mention.first - 1, rules::kDeterminer)) &&
         doc.has(mention.last, rules::kInvestorNoun) && doc.lower_word(mention.last);
}

/// "joined by", "alongside" tell of investors only where money is the subject.
bool is_about_money(const SupportText& text, const CueRow& row) {
  const Document& doc = text.doc();
  if (speaks_of_funding(doc, row.range)) return true;
  for (std::uint32_t i = row.range.first; i < row.range.last; ++i) {
    if (row.at(i) == CueTag::kLedRight || row.at(i) == CueTag::kLedLeft) return true;
    if (doc.name_at[i] == kNone &&
        doc.has(i, rules::kInvestorNoun | rules::kInvest | rules::kParticipate) &&
        !doc.is(i, "joined"_w) && !doc.is(i, "joining"_w) && !doc.is(i, "join"_w)) {
      return true;
    }
    if (doc.is(i, "backed"_w) || doc.is(i, "backing"_w) || doc.is(i, "participation"_w))
      return true;
  }
  const std::uint32_t at = text.sentence_at(row.range.first);
  return at > 0 && speaks_of_funding(doc, text.sentence(at - 1));
}

/// "Lead: Acme", "Other contributors to the raise: Acme": what the words before a colon make of
/// the names after it.
std::optional<InvestorRole> role_from_label(const Document& doc, const CueRow& row,
                                            std::uint32_t colon) {
  static constexpr auto kTakers =
      std::to_array({"contributors"_w, "participants"_w, "participating"_w, "syndicate"_w});
  constexpr std::uint32_t kLongest = 12;
  InvestorRole role{.cue = colon};
  const std::uint32_t floor =
      colon > row.range.first + kLongest ? colon - kLongest : row.range.first;
  for (std::uint32_t i = colon; i > floor; --i) {
    const std::uint32_t at = i - 1;
    const bool word = doc.tokens[at].kind == rules::TokenKind::kWord &&
                      (doc.name_at[at] == kNone ||
                       doc.has(at, rules::kInvestorNoun | rules::kLead | rules::kRole));
    if (!word || other_line(doc, at, i)) break;
    if (row.at(at) == CueTag::kOther) return InvestorRole{.other = true, .cue = colon};
    role.led = role.led || doc.has(at, rules::kLead);
    role.invested = role.invested || doc.has(at, rules::kInvestorNoun | rules::kInvest) ||
                    row.at(at) == CueTag::kInvestedLeft || row.at(at) == CueTag::kInvestedRight ||
                    one_of(doc, at, kTakers);
  }
  role.invested = role.invested || role.led;
  if (!role.invested) return std::nullopt;
  return role;
}

InvestorRole look_left(const SupportText& text, const CueRow& row, TokenRange mention) {
  const Document& doc = text.doc();
  InvestorRole role;
  const bool inside = row.is_aside(mention.first);
  bool company = false;
  bool noun = false;
  bool list = false;
  std::uint32_t i = mention.first;
  while (i > row.range.first) {
    --i;
    if (!inside && row.is_aside(i)) continue;
    if (inside && (doc.symbol(i, '(') || doc.is(i, "who"_w) || doc.is(i, "which"_w))) {
      role.invested = i > row.range.first && doc.has(i - 1, rules::kInvestorNoun);
      role.cue = i;
      return role;
    }
    if (doc.symbol(i, ':')) {
      if (const auto labelled = role_from_label(doc, row, i)) return *labelled;
    }
    switch (row.at(i)) {
      case CueTag::kPlain:
      case CueTag::kSay:
        continue;
      case CueTag::kWeakRight:
        // "Its investors also include Acme".
        if (list && doc.has(i, rules::kInvestorNoun)) role.invested = true;
        list = list || doc.is(i, "include"_w) || doc.is(i, "included"_w);
        noun = noun || doc.has(i, rules::kInvestorNoun);
        if (!is_company(doc, i)) continue;
        company = true;
        if (funding_before(text, row, i)) {
          role.cue = i;
          (doc.is(i, "from"_w) ? role.invested : role.perhaps) = true;
          role.invested = role.invested || noun;
        }
        continue;
      case CueTag::kLedRight:
        role.led = !company;
        role.invested = true;
        role.cue = i;
        return role;
      case CueTag::kInvestedRight:
        (is_about_money(text, row) ? role.invested : role.perhaps) = true;
        role.cue = i;
        return role;
      case CueTag::kLedLeft:
      case CueTag::kInvestedLeft:
      case CueTag::kStakeLeft:
        if (company) {
          role.invested = true;
          role.cue = i;
        } else {
          role.other = !role.invested;
        }
        return role;
      case CueTag::kVerb:
        if (company && (role.invested || role.perhaps)) return role;
        role.perhaps = role.perhaps || noun;
        return role;
      case CueTag::kOther:
        role.other = !role.invested;
        return role;
      case CueTag::kStop:
        return role;
    }
  }
  role.perhaps = role.perhaps || noun;
  if (noun && speaks_of_funding(doc, row.range)) role.invested = true;
  return role;
}

/// What the verb at `i` is about is the money of a company.
bool verb_is_of_funding(const SupportText& text, const CueRow& row, std::uint32_t i) {
  static constexpr auto kPlainEnough = std::to_array(
      {"invest"_w, "invests"_w, "invested"_w, "investing"_w, "participated"_w, "participating"_w,
       "participate"_w, "participates"_w, "-backed"_w, "-funded"_w, "backs"_w, "backing"_w,
       "backed"_w, "co-invested"_w, "reinvested"_w, "re-invested"_w});
  static constexpr auto kElsewhere =
      std::to_array({"board"_w, "team"_w, "company"_w, "staff"_w, "conference"_w, "program"_w,
                     "programme"_w, "forces"_w, "event"_w});
  const Document& doc = text.doc();
  if (one_of(doc, i, kPlainEnough)) return true;
  std::uint32_t end = i;
  while (end < row.range.last && row.at(end) == row.at(i)) ++end;
  // A phrase of several words says enough, unless it says "as" what.
  if (end > i + 1 && !doc.is(end - 1, "as"_w)) return true;
  if (end > i + 1) {
    for (std::uint32_t k = end; k < std::min(end + 5, row.range.last); ++k) {
      if (doc.has(k, rules::kInvestorNoun | rules::kLead)) return true;
    }
    return false;
  }
  for (std::uint32_t k = end; k < std::min(end + 5, row.range.last); ++k) {
    if (one_of(doc, k, kElsewhere)) return false;
  }
  static constexpr auto kMoney =
      std::to_array({"stake"_w, "stakes"_w, "check"_w, "checks"_w, "cheque"_w, "cheques"_w,
                     "money"_w, "shares"_w, "commitment"_w, "commitments"_w, "bet"_w});
  for (std::uint32_t k = end; k < std::min(end + 12, row.range.last); ++k) {
    if (one_of(doc, k, kMoney)) return true;
  }
  static constexpr auto kBare =
      std::to_array({"joined"_w, "join"_w, "joins"_w, "contributing"_w, "contributed"_w,
                     "contribute"_w, "returned"_w, "returning"_w, "followed"_w, "supported"_w});
  if (one_of(doc, i, kBare)) {
    const std::uint32_t sentence = text.sentence_at(i);
    return speaks_of_funding(doc, row.range) ||
           (sentence > 0 && speaks_of_funding(doc, text.sentence(sentence - 1)));
  }
  return speaks_of_funding(doc, {.first = end, .last = std::min(end + 12, row.range.last)});
}

/// "Acme (lead)".
bool marked_as_lead(const Document& doc, const CueRow& row, TokenRange mention) {
  if (!doc.symbol(mention.last, '(') && !doc.symbol(mention.last, '-')) return false;
  const std::uint32_t stop = std::min(mention.last + 4, row.range.last);
  for (std::uint32_t i = mention.last + 1; i < stop; ++i) {
    if (doc.has(i, rules::kLead) && !doc.is(i + 1, "by"_w)) return true;
  }
  return false;
}

/// "Acme (lead), Beta, Gamma": a list of investors that says so of one of them.
bool is_beside_lead(const Document& doc, const CueRow& row) {
  for (std::uint32_t i = row.range.first + 1; i + 1 < row.range.last; ++i) {
    const bool name = doc.name_at[i - 1] != kNone;
    if (name && doc.symbol(i, '(') && doc.has(i + 1, rules::kLead) && !doc.is(i + 2, "by"_w)) {
      return true;
    }
  }
  return false;
}

/// The walk to the right of a mention, to the verb it is the subject of.
class RightWalk {
 public:
  RightWalk(const SupportText& text, const CueRow& row, TokenRange mention)
      : text_(text), doc_(text.doc()), row_(row), mention_(mention) {}

  InvestorRole run() {
    if (marked_as_lead(doc_, row_, mention_)) {
      return {.led = true, .invested = true, .cue = mention_.last + 1};
    }
    // The object of a verb is no subject of the next: "Acme enters fintech, invests in Beta".
    const std::uint32_t first = mention_.first;
    if (first > row_.range.first && row_.at(first - 1) == CueTag::kVerb &&
        doc_.has(first - 1, rules::kVerb)) {
      return role_;
    }
    const bool inside = row_.is_aside(first);
    for (std::uint32_t i = mention_.last; i < row_.range.last; ++i) {
      if (inside && !row_.is_aside(i)) break;
      if (!inside && row_.is_aside(i)) continue;
      if (!step(i)) break;
    }
    if (!role_.invested && !role_.other && !inside) walk_clause();
    return role_;
  }

 private:
  /// "Acme, who led": the clause about the name, where the sentence itself says nothing of it.
  void walk_clause() {
    const std::uint32_t first = mention_.last + 1;
    if (!doc_.symbol(mention_.last, ',')) return;
    if (!doc_.is(first, "who"_w) && !doc_.is(first, "which"_w)) return;
    crossed_ = said_ = false;
    for (std::uint32_t i = first; i < row_.range.last && row_.is_aside(i); ++i) {
      const CueTag tag = row_.at(i);
      if (tag == CueTag::kLedRight || tag == CueTag::kInvestedRight || !step(i)) return;
    }
  }

  /// False where the walk ends.
  bool step(std::uint32_t i) {
    const bool name = doc_.name_at[i] != kNone;
    if (name && (crossed_ || said_ || i == mention_.last) && row_.at(i) == CueTag::kPlain &&
        doc_.name_at[i] != doc_.name_at[mention_.last - 1]) {
      return false;
    }
    others_ = others_ || name;
    if (doc_.has(i, rules::kPronoun)) said_ = false;
    switch (row_.at(i)) {
      case CueTag::kPlain:
        return !doc_.is(i, "but"_w) && !doc_.is(i, "while"_w) && !doc_.is(i, "whereas"_w);
      case CueTag::kWeakRight:
        role_.past_company = role_.past_company || is_company(doc_, i);
        if (!crossed_ && doc_.has(i, rules::kInvestorNoun) && follows_be(i)) {
          return found(i, false);
        }
        // ", with Beta joining": somebody else's part.
        return !doc_.is(i, "counts"_w) && !(doc_.is(i, "with"_w) && doc_.symbol(i - 1, ','));
      case CueTag::kInvestedRight:
        // ", along with Beta, invested": goes on only as an insertion.
        return i == mention_.last || row_.at(i - 1) == CueTag::kInvestedRight ||
               doc_.symbol(i - 1, ',') || doc_.is(i - 1, "and"_w);
      case CueTag::kSay:
        said_ = true;
        return true;
      case CueTag::kVerb:
        return verb(i);
      case CueTag::kLedLeft:
        return crossed_ ? false : found(i, true);
      case CueTag::kInvestedLeft:
        if (crossed_) return false;
        if (verb_is_of_funding(text_, row_, i)) return found(i, false);
        crossed_ = true;
        return true;
      case CueTag::kStakeLeft:
        return found(i, false);
      case CueTag::kLedRight:
      case CueTag::kOther:
      case CueTag::kStop:
        return false;
    }
    return false;
  }

  /// "were the other participants", "is an investor".
  bool follows_be(std::uint32_t i) const {
    while (i > mention_.last && doc_.has(i - 1, rules::kDeterminer | rules::kAdjective |
                                                    rules::kPreposition | rules::kAdverb)) {
      --i;
    }
    return i > mention_.last && (doc_.is(i - 1, "is"_w) || doc_.is(i - 1, "are"_w) ||
                                 doc_.is(i - 1, "was"_w) || doc_.is(i - 1, "were"_w));
  }

  bool verb(std::uint32_t i) {
    // Who raises does not give.
    if (!crossed_ && !others_ && doc_.has(i, rules::kRaise) &&
        speaks_of_funding(doc_, {.first = i + 1, .last = row_.range.last})) {
      role_.other = true;
      role_.cue = i;
      return false;
    }
    crossed_ = true;
    return true;
  }

  bool found(std::uint32_t i, bool led) {
    role_.led = led;
    role_.invested = true;
    role_.cue = i;
    return false;
  }

  const SupportText& text_;
  const Document& doc_;
  const CueRow& row_;
  TokenRange mention_;
  InvestorRole role_;
  bool said_ = false;
  bool crossed_ = false;
  bool others_ = false;
};

}  // namespace

InvestorRole role_in_sentence(const SupportText& text, const CueRow& row, TokenRange mention) {
  const Document& doc = text.doc();
  InvestorRole role;
  role.stranger = is_no_party(doc, mention, row.range.last) || is_byline(doc, row, mention) ||
                  is_source(doc, row, mention);
  if (role.stranger || is_parent(doc, row, mention) || is_part_of_other(doc, row, mention)) {
    role.other = true;
    return role;
  }
  const InvestorRole left = look_left(text, row, mention);
  const InvestorRole right = RightWalk(text, row, mention).run();
  if (right.other) return right;
  // A verb the name is the subject of says more than a list it may belong to.
  if ((right.led || right.invested) && !(left.led && right.past_company)) {
    role = right;
    role.led = right.led || (left.led && !right.led && row.is_aside(right.cue));
  } else {
    role = left;
  }
  if (!role.invested && !role.other && is_beside_lead(doc, row)) {
    role.invested = true;
    role.cue = mention.first;
  }
  if (!role.led && is_employer(doc, row, mention) && !doc.has(mention.last - 1, rules::kFundNoun)) {
    role.employer = true;
    role.other = role.invested;
    role.invested = false;
  }
  return role;
}

}  // namespace graphrail::extract::model
