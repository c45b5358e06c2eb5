// What looks like a round and is none: sums spent, prizes, fund sizes, token sales.
#include <algorithm>
#include <array>

#include "extract/rules/round_context.h"
#include "extract/rules/word_sets.h"

namespace graphrail::extract::rules {
bool thing_bought(const Document& doc, const Sentence& sentence, const RoundMention& mention) {
  static constexpr auto kThings = std::to_array(
      {"lab"_w, "labs"_w, "laboratory"_w, "center"_w, "centre"_w, "headquarters"_w, "campus"_w,
       "plant"_w, "facility"_w, "factory"_w, "hardware"_w, "equipment"_w, "office"_w, "program"_w,
       "programme"_w, "infrastructure"_w, "research"_w, "marketing"_w});
  static constexpr auto kGifts = std::to_array(
      {"donation"_w, "donations"_w, "charity"_w, "charitable"_w, "relief"_w, "victims"_w});
  if (mention.money == kNone || mention.stage != kNone || mention.round_noun) return false;
  if (any_of(doc, sentence.first, std::min(sentence.last, sentence.first + 60), kGifts)) {
    return true;
  }
  const bool invest = mention.verb != kNone && doc.has(mention.verb, kInvest);
  const bool into = doc.is(mention.span.last, "in"_w) || doc.is(mention.span.last, "into"_w);
  if (!invest || !into) return false;
  for (std::uint32_t i = mention.span.last; i < std::min(mention.span.last + 9, sentence.last);
       ++i) {
    if (doc.symbol(i, ',') || doc.symbol(i, '.')) return false;
    if (one_of(doc, i, kThings)) return true;
  }
  return false;
}

bool rivals_round(const Document& doc, const Sentence& sentence, const RoundMention& mention) {
  static constexpr auto kRivals =
      std::to_array({"competes"_w, "compete"_w, "competing"_w, "competitors"_w, "competitor"_w,
                     "rivals"_w, "rival"_w, "competition"_w, "unlike"_w, "against"_w});
  if (mention.verb == kNone || mention.verb <= sentence.first + 3) return false;
  std::uint32_t which = mention.verb - 1;
  while (which > sentence.first + 1 && doc.has(which, kAdverb | kAuxiliary)) --which;
  if (!doc.is(which, "which"_w) && !doc.is(which, "that"_w)) return false;
  return any_of(doc, back(which, 16, sentence.first), which, kRivals);
}

bool of_many(const Document& doc, const Sentence& sentence, const RoundMention& mention) {
  static constexpr auto kMany = std::to_array(
      {"companies"_w, "startups"_w, "start-ups"_w, "firms"_w, "businesses"_w, "entrepreneurs"_w,
       "founders"_w, "teams"_w, "projects"_w, "ventures"_w, "deals"_w});
  if (mention.verb == kNone || mention.money == kNone || mention.owner == OwnerKind::kName)
    return false;
  const bool invest = doc.has(mention.verb, kInvest) || doc.is(mention.verb, "committed"_w);
  if (!invest || mention.verb > mention.span.first) return false;
  for (std::uint32_t i = mention.span.last; i < std::min(mention.span.last + 8, sentence.last);
       ++i) {
    if (doc.symbol(i, ',') || doc.name_at[i] != kNone) return false;
    if (one_of(doc, i, kMany)) return true;
  }
  return false;
}

bool money_trap(const Document& doc, const Sentence& sentence, const Money& money) {
  if (doc.is(money.last, "quarter"_w)) return true;
  static constexpr auto kBefore = std::to_array(
      {"valuation"_w, "valued"_w,   "valuing"_w,  "worth"_w,   "revenue"_w, "revenues"_w,
       "lost"_w,      "sold"_w,     "acquired"_w, "earning"_w, "exceed"_w,  "spent"_w,
       "paid"_w,      "stolen"_w,   "saving"_w,   "save"_w,    "sales"_w,   "prize"_w,
       "manages"_w,   "managing"_w, "goal"_w,     "cap"_w});
  const std::uint32_t first = back(money.first, 4, sentence.first);
  if (any_of(doc, first, money.first, kBefore)) return true;
  // "$120,000 of its $100,000 campaign": the second sum is the goal.
  if (money.first >= sentence.first + 3 && doc.is(money.first - 2, "of"_w) &&
      doc.has(money.first - 1, kDeterminer) && doc.money_at[money.first - 3] != kNone) {
    return true;
  }
  // "£5 million of it": a part of the round.
  if (doc.is(money.last, "of"_w) &&
      (doc.is(money.last + 1, "it"_w) || doc.is(money.last + 1, "which"_w) ||
       doc.is(money.last + 1, "that"_w))) {
    return true;
  }
  for (std::uint32_t i = money.last + 1; i < std::min(money.last + 7, sentence.last); ++i) {
    if (doc.is(i, "fund"_w) && doc.name_at[i] == kNone && doc.is(money.last, "for"_w)) return true;
  }
  for (std::uint32_t i = money.last; i < std::min(money.last + 3, sentence.last); ++i) {
    if (doc.has(i, kRoundNoun)) return false;
    if (doc.symbol(i, ',') || doc.symbol(i, '.') || doc.has(i, kConjunction)) return false;
    if (doc.is(i, "pre-money"_w) || doc.is(i, "post-money"_w)) return true;
    if (doc.has(i, kMoneyTrap) && doc.name_at[i] == kNone) return true;
    if (doc.stage_at[i] != kNone || doc.is(i, "from"_w)) return false;
  }
  return false;
}

bool round_noun_at(const Document& doc, const Sentence& sentence, std::uint32_t i) {
  if (doc.name_at[i] != kNone || doc.tokens[i].kind != TokenKind::kWord) return false;
  if (doc.is(i, "funds"_w) || doc.is(i, "money"_w)) {
    return i > sentence.first &&
           (doc.has(i - 1, kRaise) || doc.is(i - 1, "the"_w) || doc.has(i - 1, kFirmNoun)) &&
           doc.is(i + 1, "from"_w);
  }
  if (!doc.has(i, kRoundNoun)) return false;
  if (doc.has(i + 1, kInvestorNoun) && !doc.is(i + 1, "from"_w)) return false;
  if (doc.has(i + 1, kFirmNoun | kCompanyNoun) && !doc.has(i + 1, kRoundNoun)) return false;
  if (doc.is(i, "raise"_w)) {
    return i > sentence.first && (doc.has(i - 1, kDeterminer | kAdjective) ||
                                  doc.money_at[i - 1] != kNone || doc.stage_at[i - 1] != kNone);
  }
  return true;
}

bool speaks_of_crowdsale(const Document& doc, const Sentence& sentence) {
  static constexpr auto kWords =
      std::to_array({"crowdsale"_w, "crowdsales"_w, "crowd-sale"_w, "ico"_w, "icos"_w, "presale"_w,
                     "pre-sale"_w, "tge"_w, "ido"_w, "ieo"_w});
  for (std::uint32_t i = sentence.first; i < sentence.last; ++i) {
    if (doc.stage_at[i] != kNone) continue;
    if (one_of(doc, i, kWords)) return true;
    if ((doc.is(i, "token"_w) || doc.is(i, "coin"_w)) &&
        (doc.is(i + 1, "sale"_w) || doc.is(i + 1, "offering"_w))) {
      return true;
    }
  }
  return false;
}

namespace {

constexpr auto kAdds = std::to_array({"add"_w, "adds"_w, "added"_w, "adding"_w});

/// The adding verb within a few words before token `at`, or kNone.
std::uint32_t adds_before(const Document& doc, std::uint32_t floor, std::uint32_t at) {
  constexpr std::uint32_t kReach = 4;
  for (std::uint32_t i = at; i > back(at, kReach, floor); --i) {
    if (one_of(doc, i - 1, kAdds) && doc.name_at[i - 1] == kNone) return i - 1;
  }
  return kNone;
}

}  // namespace

std::uint32_t adding_verb(const Document& doc, std::uint32_t floor, const RoundMention& mention) {
  if (mention.money == kNone || mention.stage != kNone) return kNone;
  if (!doc.is(mention.span.last, "to"_w)) return kNone;
  return adds_before(doc, floor, mention.span.first);
}

bool added_to(const Document& doc, const Sentence& sentence, const RoundMention& mention) {
  std::uint32_t i = mention.span.first;
  while (i > sentence.first && doc.has(i - 1, kDeterminer | kPronoun | kAdjective)) --i;
  if (i < sentence.first + 2 || !doc.is(i - 1, "to"_w)) return false;
  const std::uint32_t money = doc.money_at[i - 2];
  return money != kNone && adds_before(doc, sentence.first, doc.money[money].first) != kNone;
}

bool undisclosed_sum(const Document& doc, const Sentence& sentence, std::uint32_t i) {
  constexpr std::uint32_t kReach = 6;
  if (!doc.is(i, "sum"_w) && !doc.is(i, "amount"_w)) return false;
  if (i == sentence.first || !doc.is(i - 1, "undisclosed"_w)) return false;
  for (std::uint32_t k = i; k > back(i, kReach, sentence.first); --k) {
    if (doc.has(k - 1, kRaise) && doc.name_at[k - 1] == kNone) return doc.is(i + 1, "from"_w);
  }
  return false;
}

}  // namespace graphrail::extract::rules
